/** The contract's closed lists of codes; each code has its word in every catalogue as `<family>-<code-with-dashes>`. */
export const FAMILIES = {
  kind: ['person', 'document', 'person_document', 'vehicle', 'firearm'],
  grade: ['strong', 'possible', 'weak', 'nothing_found'],
  state: ['new', 'referred', 'confirmed', 'not_confirmed', 'inconclusive', 'expired'],
  level: ['full', 'pointer', 'blind'],
  urgency: ['normal', 'urgent'],
  action: ['detain_and_call', 'seize_document', 'seize_item', 'protect', 'locate_only', 'ask_owner'],
  answer: ['nothing_found', 'possible', 'strong', 'weak', 'incomplete'],
  outcome: ['arrest', 'refused_entry', 'document_seized', 'vehicle_seized', 'firearm_seized', 'person_located', 'person_protected', 'false_positive', 'cleared', 'no_action'],
  twoact: ['release_record', 'export_records', 'merge_records'],
  asked: ['waiting', 'approved', 'rejected', 'withdrawn', 'expired'],
  judged: ['justified', 'not_justified'],
  verdict: ['same', 'similar', 'differs', 'missing'],
  manner: ['same', 'sound', 'like', 'joined', 'initial', 'only_asked', 'only_held', 'other_asked', 'other_held'],
  field: [
    'name', 'birth', 'nationality', 'sex', 'number', 'issuer', 'type', 'serial', 'make', 'model', 'calibre', 'vin', 'plate', 'country', 'mrz', 'given', 'family',
    'surname', 'given_names', 'expiry', 'colour', 'status', 'reported', 'names', 'births', 'nationalities', 'document', 'documents', 'birth_places',
    'marks', 'remarks', 'notices',
  ],
  nature: [
    'stolen', 'lost', 'revoked', 'invalid', 'stolen_blank', 'wanted', 'convicted', 'suspect', 'person_of_interest', 'warning', 'sanctioned', 'missing',
    'victim', 'witness', 'unidentified_body', 'trafficked', 'recovered', 'found', 'smuggled',
  ],
  document: ['passport', 'identity_card', 'visa', 'residence_permit', 'refugee_document', 'seafarer_document', 'driving_licence', 'other'],
  purpose: [
    'wanted_persons', 'location', 'identification', 'investigation', 'warning', 'dead_bodies', 'forensic', 'security_check', 'crime_trends', 'border_control',
  ],
  sex: ['F', 'M', 'X'],
  post: ['border', 'port', 'airport', 'river', 'road', 'camp'],
  role: [
    'viewer', 'field_officer', 'contributor', 'analyst', 'liaison_officer', 'party_administrator', 'data_protection_officer', 'auditor', 'hub_operator', 'coordinator',
    'victim_specialist', 'press_officer',
  ],
  reason: [
    'same_number', 'confused_number', 'near_number', 'same_issuer', 'same_type', 'other_type', 'same_vin', 'confused_vin', 'other_vin',
    'same_plate', 'confused_plate', 'same_serial', 'confused_serial', 'same_make', 'other_make', 'serial_alone', 'other_model',
    'name.same', 'name.similar', 'name.differs', 'name.missing', 'document.same', 'document.misread', 'document.other_issuer', 'document.differs',
    'birth.same', 'birth.swapped', 'birth.typing', 'birth.partial', 'birth.about', 'birth.near', 'birth.differs', 'nationality.same', 'nationality.differs', 'sex.same', 'sex.differs',
  ],
  step: ['raised', 'outcome', 'override'],
  request: ['access', 'correction', 'deletion'],
  standing: ['received', 'inadmissible', 'admissible', 'answered', 'withdrawn'],
  ground: ['identity_not_shown', 'no_mandate', 'not_about_the_asker', 'repeated'],
  ruling: ['told', 'done', 'nothing_to_tell'],
  deed: ['told', 'withheld', 'corrected', 'deleted', 'kept'],
  ending: ['told', 'done', 'neither_confirmed_nor_denied'],
  erasedwhy: ['retention', 'owner', 'subject'],
  audience: ['own', 'parties', 'operation', 'everyone'],
} as const;

export type Family = keyof typeof FAMILIES;

/** The catalogue id of a code: `not_confirmed` of family `state` is `state-not-confirmed`. */
export const idOf = (family: Family, code: string): string => `${family}-${code.toLowerCase().replace(/[_.]/g, '-')}`;
