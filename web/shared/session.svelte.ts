/** Who is signed in on this page. */
import { abandonReads, get, post, Refused, useToken } from './client';
import type { Session } from './contract';

class SignedIn {
  session = $state.raw<Session | null>(null);
  /** True until the page knows whether somebody is signed in. */
  asking = $state(true);

  /** Take a session that the hub has just given. */
  take(session: Session): void {
    useToken(session.csrf);
    this.session = session;
  }

  /** Ask the hub for the session of the cookie; nobody signed in is no error. */
  async resume(): Promise<void> {
    try {
      this.take(await get<Session>('/api/session'));
    } catch (wrong) {
      if (!(wrong instanceof Refused && wrong.status === 401)) throw wrong;
      this.session = null;
    } finally {
      this.asking = false;
    }
  }

  async signIn(name: string, password: string, code?: string): Promise<void> {
    this.take(await post<Session>('/api/sign-in', { name, password, ...(code ? { code } : {}) }));
  }

  /** Sign in by what a device has shown. */
  async signInByPasskey(credential: object): Promise<void> {
    this.take(await post<Session>('/api/sign-in/passkey', { credential }));
  }

  /** The page is emptied before the hub is told: what it still reads or follows would be refused afterwards. */
  async signOut(): Promise<void> {
    const before = this.session;
    this.asking = true;
    this.session = null;
    abandonReads();
    try {
      await post<void>('/api/sign-out');
      this.forget();
    } catch (wrong) {
      if (!(wrong instanceof Refused && wrong.status === 401)) {
        this.session = before;
        throw wrong;
      }
      this.forget();
    } finally {
      this.asking = false;
    }
  }

  /** The session ended at the hub: back to the sign-in page. */
  forget(): void {
    useToken('');
    this.session = null;
  }

  /** Nothing but the own account may be used until the officer has a password of his own and a second factor. */
  get confined(): boolean {
    return Boolean(this.session?.must_enrol || this.session?.must_choose);
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
