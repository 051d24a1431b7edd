// What may become a script's address, under `require-trusted-types-for 'script'` (src/tripoint/doors/guard.py): the
// hub's own files and what this page made itself, for the map's worker and the field page's service worker. Text never
// becomes markup or code here; the one policy besides belongs to the pages' own templates.
interface TrustedPolicies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

/** The address, if it is the hub's own. Throws TypeError for any other. */
export function ownScript(address: string, origin: string): string {
  const whole = new URL(address, origin);
  const own = whole.protocol === 'blob:' ? whole.href.startsWith(`blob:${origin}/`) : whole.origin === origin;
  if (!own) throw new TypeError('A script from elsewhere is not run.');
  return address;
}

const policies = (globalThis as { trustedTypes?: TrustedPolicies }).trustedTypes;
policies?.createPolicy('default', { createScriptURL: (address) => ownScript(address, location.origin) });
