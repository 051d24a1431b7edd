/** The hub's HTTP contract as types: what is sent and what comes back. Times are ISO 8601 in UTC. */

export type Kind = 'person' | 'document' | 'vehicle' | 'firearm';
export type HitKind = Kind | 'person_document';
export type Grade = 'strong' | 'possible' | 'weak' | 'nothing_found';
export type HitState = 'new' | 'referred' | 'confirmed' | 'not_confirmed' | 'inconclusive' | 'expired';
export type Side = 'owner' | 'asker' | 'coordinator';
export type Urgency = 'normal' | 'urgent';
export type Decision = 'confirmed' | 'not_confirmed' | 'inconclusive';
export type Act = 'refer' | 'decide' | 'outcome';
export type Verdict = 'same' | 'similar' | 'differs' | 'missing';
export type Manner = 'same' | 'sound' | 'like' | 'joined' | 'initial' | 'only_asked' | 'only_held';

export interface Party { code: string; name: string; kind?: 'country' | 'territory' | 'body' }
export interface Place { latitude: number; longitude: number }
export interface Post extends Place { id: string; name: string; kind: string; party: string }
export interface Operation { id: string; name: string; starts_at: string; ends_at: string; coordinator: string; posts: Post[] }
export interface Officer { id: string; name: string; party: Party; agency: string; roles: string[] }
export interface Session { officer: Officer; csrf: string; ends_at: string; operations: Operation[]; purposes: string[]; may: string[]; must_enrol?: boolean; must_choose?: boolean }
export interface SignInWays { passkeys: boolean; issuers: { name: string; label: string }[] }
export interface Passkey { id: string; name: string; backed_up: boolean; added_at: string; used_at: string | null }
export interface AccountEvent { at: string; act: string; outcome: string; device: string | null }
export interface Account { sign_in_name: string; passkeys: Passkey[]; codes: boolean; recovery_codes: number; events: AccountEvent[]; can_add_passkeys: boolean }
export interface OpenSignIn { id: string; kind: 'session' | 'token'; device: string | null; begun_at: string; seen_at: string; ends_at: string; own: boolean }
export interface ProofWays { password: boolean; code: boolean; public_key: Record<string, unknown> | null }

export interface PersonAsked { name: string | null; given: string | null; family: string | null; birth: string | null; nationality: string | null; sex: string | null }
export interface DocumentAsked { number: string | null; issuer: string | null; type: string | null; mrz: string | null; near: true | null }
export interface VehicleAsked { vin: string | null; plate: string | null; country: string | null; make: string | null }
export interface FirearmAsked { serial: string; make: string | null; model: string | null; calibre: string | null }
export interface CheckRequest {
  id: string; purpose: string; operation: string | null; post: string | null; position: Place | null; device_time: string | null;
  person: PersonAsked | null; document: DocumentAsked | null; vehicle: VehicleAsked | null; firearm: FirearmAsked | null;
}

export interface ReadZone {
  format: string; valid: boolean; document: { number: string | null; issuer: string | null; type: string | null };
  surname: string | null; given_names: string | null; birth: string | null; nationality: string | null; sex: string | null; expiry: string | null;
  name_maybe_truncated: boolean; failing: string[];
}
export interface SetSearched { id: string; name: string; owner: string; kind: Kind; as_of: string | null; searched: boolean }
/** Words of the name asked beside words of the name held, as read to be compared; null where the other side has none. */
export interface Aligned { asked: string | null; held: string | null; manner: Manner; likeness: number }
export interface Compared { field: string; asked: string | null; held: string | null; verdict: Verdict; words: string | null; aligned: Aligned[] }
export interface Reason { code: string; words: string }
export interface Notice { colour: string; reference: string | null; issuer: string | null; charges: string[]; action: string | null }
/** `sealed` and `masked` name the fields that are there and not shown; the first can be opened by the owner's keepers. */
export type Held = Record<string, unknown> & { notices?: Notice[]; sealed?: string[]; masked?: string[] };
export interface AnswerHit {
  id: string; kind: HitKind; grade: Grade; score: number | null; state: HitState; level: 'full' | 'pointer';
  owner: Party & { contact: string | null }; nature: string | null; action: string; instructions: string | null; protect: boolean;
  reasons: Reason[]; comparison: Compared[]; held: Held | null;
}
export interface Answer {
  id: string; answered_at: string; clock_apart?: number | null; grade: Grade; sentence_id: string; complete: boolean; read: ReadZone | null;
  sets: SetSearched[]; failed: { kind: string; sentence: string }[]; hits: AnswerHit[]; repeated: boolean;
}
export interface CheckLine { id: string; asked_at: string; post: string | null; purpose: string; kinds: Kind[]; grade: Grade; hits: number; officer: string | null }

export interface Hit {
  id: string; kind: HitKind; grade: Grade; score: number | null; state: HitState; level: 'full' | 'pointer' | 'blind';
  raised_at: string; referred_at: string | null; due_at: string | null; overdue: boolean; decided_at: string | null;
  asker: Party; owner: Party & { contact: string | null }; side: Side; post: (Place & { id: string; name: string }) | null; operation: string | null;
  nature: string | null; protect: boolean; action: string; outcome: string | null; urgency: Urgency; may: Act[];
}
export interface Step { at: string; state: string; party: string; by: string | null; reason: string | null }
export interface HitDetail extends Hit {
  record: string | null;
  asked: Record<string, unknown> | null; held: Held | null; comparison: Compared[]; reasons: Reason[]; model: string | null; history: Step[];
}

/** A request that needs a second officer; `digest` says what was seen. */
export interface Approval {
  id: string; act: string; object_kind: string | null; object_id: string | null; body: Record<string, unknown>; digest: string; reason: string;
  asked_by: string; own: boolean; asked_at: string; ends_at: string; state: string; decided_at: string | null; answer: string | null; may_approve: boolean;
}
/** A record opened in an emergency. */
export interface Glass {
  id: string; party: string; by: string; own: boolean; ours: boolean; kind: Kind; record: string; owner: string; reason: string; opened_at: string; ends_at: string;
  closed_at: string | null; review_due_at: string; verdict: string | null; reviewed_at: string | null; answer: string | null;
}
export interface Device {
  id: string; officer: string; officer_name: string; own: boolean; name: string; enrolled_at: string; confirmed_at: string | null; ends_at: string;
  seen_at: string | null; revoked_at: string | null;
}

export interface PostFigures extends Post { checks: number; hits: number; waiting: number }
export interface PartyFigures { code: string; name: string; checks: number; hits: number }
export interface Figures {
  as_of: string;
  checks: { total: number; last_hour: number; per_minute: { at: string; n: number }[] };
  hits: Record<HitState, number> & { overdue: number };
  parties: PartyFigures[]; posts: PostFigures[]; by_kind: Record<Kind, number>; answer_minutes_p80: number | null;
}
/** `records` is told to the owner only. */
export interface SetHealth { name: string; owner: string; kind: Kind; as_of: string | null; records: number | null }
/** A person's request about data on himself, without who asks; `reference` is told to the party that received it. */
export interface SubjectRequest {
  id: string; party: string; kind: 'access' | 'correction' | 'deletion'; state: 'received' | 'inadmissible' | 'admissible' | 'answered' | 'withdrawn';
  received_on: string; due_at: string | null; reminded: number; decided: boolean; reference: string | null;
}
export interface Health { status: string; version: string; database: string }
export interface Problem { code: string; field: string | null; sentence: string; remedy: string | null; request: string | null }
