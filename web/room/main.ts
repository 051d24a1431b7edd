import '@fontsource-variable/inter/wght.css';
import '@fontsource/noto-sans-arabic/arabic-400.css';
import '@fontsource/noto-sans-arabic/arabic-600.css';
import '../shared/tokens.css';
import '../shared/base.css';
import { start } from '../shared/start';
import FirstPage from './FirstPage.svelte';
import RoomPage from './RoomPage.svelte';

await start(location.pathname === '/first' ? FirstPage : RoomPage);
