import '@fontsource-variable/inter/wght.css';
import '@fontsource/noto-sans-arabic/arabic-400.css';
import '@fontsource/noto-sans-arabic/arabic-600.css';
import '../shared/tokens.css';
import '../shared/base.css';
import { start } from '../shared/start';
import FieldPage from './FieldPage.svelte';

document.documentElement.dataset.size = 'field';
await start(FieldPage);
// The shell is kept for a moment without network; pages that are not served securely have no such worker.
if ('serviceWorker' in navigator && !import.meta.env.DEV) await navigator.serviceWorker.register('/field-worker.js', { scope: '/field' });
