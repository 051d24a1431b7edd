// Keeps the field page's own shell for a moment without network. Answers of the hub are never kept.
const SHELF = 'tripoint-field-1';
const isShell = (address) => address.origin === self.location.origin && (address.pathname === '/field' || address.pathname.startsWith('/assets/'));

async function networkFirst(request) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await fetch(request);
    if (answer.ok) await shelf.put(request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = await shelf.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw lost;
  }
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && isShell(new URL(event.request.url))) event.respondWith(networkFirst(event.request));
});
