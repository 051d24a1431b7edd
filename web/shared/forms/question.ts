/** What every question of a form has around its control. */
export interface Option { code: string; word: string; also?: string }
export interface Asked { label: string; help?: string; error?: string | null; required?: boolean; sealed?: boolean; testid?: string }
