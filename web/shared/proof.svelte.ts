/** Fresh proofs: an act that wants one waits while the officer proves himself, and is then done. */
import { useProver } from './client';

class Proving {
  /** Set while a dialogue is open; called with true when the proof was given. */
  answer = $state.raw<((proven: boolean) => void) | null>(null);
  #open: Promise<boolean> | null = null;

  /** Ask the officer, once for all acts that wait. */
  ask(): Promise<boolean> {
    this.#open ??= new Promise<boolean>((resolve) => {
      this.answer = (proven) => { this.answer = null; this.#open = null; resolve(proven); };
    });
    return this.#open;
  }
}

export const proving = new Proving();
useProver(() => proving.ask());
