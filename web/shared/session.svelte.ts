/** Who is signed in on this page. */
import { get, post, Refused, useToken } from './client';
import type { Session } from './contract';

class SignedIn {
  session = $state.raw<Session | null>(null);
  /** True until the page knows whether somebody is signed in. */
  asking = $state(true);

  #take(session: Session): void {
    useToken(session.csrf);
    this.session = session;
  }

  /** Ask the hub for the session of the cookie; nobody signed in is no error. */
  async resume(): Promise<void> {
    try {
      this.#take(await get<Session>('/api/session'));
    } catch (wrong) {
      if (!(wrong instanceof Refused && wrong.status === 401)) throw wrong;
      this.session = null;
    } finally {
      this.asking = false;
    }
  }

  async signIn(name: string, password: string): Promise<void> {
    this.#take(await post<Session>('/api/sign-in', { name, password }));
  }

  async signOut(): Promise<void> {
    try {
      await post<void>('/api/sign-out');
    } catch (wrong) {
      if (!(wrong instanceof Refused && wrong.status === 401)) throw wrong;
    }
    this.forget();
  }

  /** The session ended at the hub: back to the sign-in page. */
  forget(): void {
    useToken('');
    this.session = null;
  }

  may(act: string): boolean {
    return this.session?.may.includes(act) ?? false;
  }
}

export const signedIn = new SignedIn();

/** Turn to the sign-in page when the hub says that the session is over; true when it did. */
export function endedSession(wrong: unknown): boolean {
  const ended = wrong instanceof Refused && wrong.status === 401;
  if (ended) signedIn.forget();
  return ended;
}
