/** Open a page: theme and language first, so that nothing is shown in the wrong ones. */
import './trusted';
import { type Component, mount } from 'svelte';
import { choice } from './theme.svelte';
import { firstLanguage, words } from './words.svelte';

export async function start(page: Component): Promise<void> {
  choice.start();
  await words.choose(firstLanguage());
  mount(page, { target: document.getElementById('app')! });
}
