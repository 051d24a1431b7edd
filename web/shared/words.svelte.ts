/** Words of the pages in the reader's language: Fluent catalogues, numbers, dates and country names. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { type Family, idOf } from './families';

export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português', fr: 'Français', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;
type Values = Record<string, FluentVariable>;

const KEPT_AS = 'tripoint.language';
// A catalogue of a language: what the whole house says, and a folder for each subject.
const loaders = import.meta.glob<string>('../words/**/*.ftl', { query: '?raw', import: 'default' });

async function bundleOf(language: Language): Promise<FluentBundle> {
  const bundle = new FluentBundle(language === 'ar' ? 'ar-u-nu-latn' : language, { useIsolating: language === 'ar' });
  const wanted = Object.entries(loaders).filter(([path]) => path.endsWith(`/${language}.ftl`));
  for (const source of await Promise.all(wanted.map(([, load]) => load()))) bundle.addResource(new FluentResource(source));
  return bundle;
}

class Words {
  language = $state<Language>('en');
  #bundle = $state.raw<FluentBundle | null>(null);
  /** Western digits everywhere, so that numbers read aloud over the radio agree between languages. */
  locale = $derived(this.language === 'ar' ? 'ar-u-nu-latn' : this.language === 'en' ? 'en-GB' : this.language);
  regions = $derived(new Intl.DisplayNames([this.locale], { type: 'region', fallback: 'code' }));
  #whole = $derived(new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 }));

  /** The words of a catalogue id with its values; the id itself where the catalogue lacks it (a test proves that none does). */
  t(id: string, values: Values = {}): string {
    const message = this.#bundle?.getMessage(id);
    return this.#bundle && message?.value ? this.#bundle.formatPattern(message.value, values) : id;
  }

  /** The words of an id, or the given text where no catalogue has it (the hub may know more codes than this page). */
  orElse(id: string, text: string): string {
    return this.#bundle?.hasMessage(id) ? this.t(id) : text;
  }

  /** The word of a code of the contract; an unknown code is shown as readable text. */
  code(family: Family, code: string | null | undefined): string {
    return code ? this.orElse(idOf(family, code), code.replaceAll('_', ' ')) : '';
  }

  /** Why something is listed: "wanted", or "wanted:red" with the notice that says so. */
  nature(text: string): string {
    const [status, colour] = text.split(':');
    return colour ? `${this.code('nature', status)}, ${this.orElse(`notice-${colour}`, colour).toLocaleLowerCase(this.locale)}` : this.code('nature', status);
  }

  /** Why a hit was raised, in the reader's language; the marks set against each other stay as the hub names them. */
  reason(reason: { code: string; words: string }): string {
    const pairs = /\((.*)\)$/.exec(reason.words)?.[1];
    const said = this.orElse(idOf('reason', reason.code), reason.words);
    if (!pairs || said === reason.words) return said;
    // Between Arabic words the marks keep their own direction, as the values of the catalogue do.
    const apart = (text: string) => (this.language === 'ar' ? `\u2068${text}\u2069` : text);
    const told = pairs.split('; ').map((part) => {
      const [, which, rest] = /^(not held|not asked): (.*)$/.exec(part) ?? [];
      return which && rest ? `${this.t(which === 'not held' ? 'manner-only-asked' : 'manner-only-held')}: ${apart(rest)}` : apart(part.replaceAll(' for ', ' ≈ '));
    });
    return `${said} (${told.join('; ')})`;
  }

  number(n: number): string {
    return this.#whole.format(n);
  }

  /** Fetch a language's catalogue and speak it from now on. */
  async load(language: Language): Promise<void> {
    this.#bundle = await bundleOf(language);
    this.language = language;
  }

  /** Switch language, remember it on this device, and set the page's language and direction. */
  async choose(language: Language): Promise<void> {
    await this.load(language);
    localStorage.setItem(KEPT_AS, language);
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  }
}

export const words = new Words();
export const t = (id: string, values?: Values): string => words.t(id, values);

const isLanguage = (text: string | null | undefined): text is Language => !!text && text in LANGUAGES;

/** The language of last time, else the first of the device's languages that we have, else English. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}
