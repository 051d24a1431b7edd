/** A refusal of the hub, put at its field. */
import { Refused } from '../../shared/client';
import type { Draft } from '../../shared/forms/draft';
import type { Form } from '../../shared/forms/model';
import { pathOf, stepOf, stepsOf } from '../../shared/forms/rules';

/** The draft with the problem at its field and that field's step open; the draft as it is where the refusal names none. */
export function atField(form: Form, draft: Draft, wrong: unknown): Draft {
  const path = wrong instanceof Refused ? pathOf(form, wrong.problem.field) : null;
  if (!(wrong instanceof Refused) || !path) return draft;
  const wrongs = { [path]: [wrong.problem.sentence, wrong.problem.remedy].filter(Boolean).join(' ') };
  return { ...draft, wrongs, step: stepOf(stepsOf(form, draft.values), wrongs) };
}
