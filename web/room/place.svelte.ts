/** Which page of the room is open: the part of the address after "#", as a path and its parameters. */

function read(): { path: string[]; query: URLSearchParams } {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean), query: new URLSearchParams(query) };
}

class Here {
  path = $state.raw<string[]>([]);
  query = $state.raw(new URLSearchParams());

  constructor() {
    this.#follow();
    addEventListener('hashchange', () => this.#follow());
  }

  #follow(): void {
    ({ path: this.path, query: this.query } = read());
  }

  /** The page's name; the empty name is the overview. */
  get page(): string {
    return this.path[0] ?? '';
  }

  /** Change some parameters of this page; null removes one. */
  set(values: Record<string, string | null>): void {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(values)) if (value === null) query.delete(name); else query.set(name, value);
    location.hash = address(this.path, query);
  }
}
export const here = new Here();

export const address = (path: string[], query?: URLSearchParams): string => `#/${path.join('/')}${query?.size ? `?${query}` : ''}`;

/** The address of a hit on the desk, with the desk's filters kept. */
export const hitAddress = (id: string): string => address(['hits', id], here.page === 'hits' ? here.query : undefined);
