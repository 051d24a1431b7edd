/** What helps with a kind of value wherever it is asked. */
import { words } from '../words.svelte';
import type { ValueKind } from './model';

const SAID: Partial<Record<ValueKind, string>> = { partial_date: 'report-help-partial-date', moment: '', reference: '' };

/** A sentence on how to write a value of this kind; empty where it speaks for itself. */
export const usual = (kind: ValueKind): string => (SAID[kind] ? words.t(SAID[kind]) : '');
