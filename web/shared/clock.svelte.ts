/** The page's one clock: `now.ms` changes every second. */
class Now {
  ms = $state(Date.now());
}
export const now = new Now();
setInterval(() => { now.ms = Date.now(); }, 1000);
