/** What an administrator knows of an officer and may choose. */
export interface Agency { id: string; name: string }
export interface Officer {
  id: string; sign_in_name: string; name: string; agency: Agency; roles: string[]; active: boolean; initial_password: string | null;
}
export interface Chosen { sign_in_name: string; name: string; agency: string; roles: string[] }

/** The roles a party gives; the hub says so where one does not go with another. */
export const ROLES = [
  'viewer', 'field_officer', 'contributor', 'analyst', 'liaison_officer', 'victim_specialist', 'coordinator', 'press_officer',
  'data_protection_officer', 'auditor', 'party_administrator',
] as const;
