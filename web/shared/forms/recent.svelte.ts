/** The countries, languages and currencies chosen last on this page, offered first. Kept in memory alone. */
const MOST = 4;

class Recent {
  #codes = $state<Record<string, readonly string[]>>({});

  of(what: string): readonly string[] {
    return this.#codes[what] ?? [];
  }

  use(what: string, code: string | null | undefined): void {
    if (code) this.#codes[what] = [code, ...this.of(what).filter((one) => one !== code)].slice(0, MOST);
  }
}
export const recent = new Recent();
