/** Short announcements at the edge of the page, read out politely. */
import type { IconName, Tone } from './icons';

export interface Toast { key: number; text: string; tone: Tone; icon: IconName; href?: string }
const SHOWN_MS = 20_000;
const MOST = 4;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 0;

  add(toast: Omit<Toast, 'key'>): void {
    const key = this.#next++;
    this.list = [...this.list, { ...toast, key }].slice(-MOST);
    setTimeout(() => this.drop(key), SHOWN_MS);
  }

  drop(key: number): void {
    this.list = this.list.filter((toast) => toast.key !== key);
  }
}
export const toasts = new Toasts();
