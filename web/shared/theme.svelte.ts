/** Night or day. The room starts at night and the field by day; a device set to dark starts at night in both. */
export type Theme = 'night' | 'day';
const KEPT_AS = 'tripoint.theme';

class Choice {
  theme = $state<Theme>('night');

  set(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
  }

  /** The other theme, remembered on this device. */
  turn(): void {
    this.set(this.theme === 'night' ? 'day' : 'night');
    localStorage.setItem(KEPT_AS, this.theme);
  }

  start(): void {
    const kept = localStorage.getItem(KEPT_AS);
    // A device without a wish reports "light", so only "dark" tells us something.
    const wished = matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : document.documentElement.dataset.defaultTheme;
    this.set((kept ?? wished) === 'day' ? 'day' : 'night');
  }
}
export const choice = new Choice();
