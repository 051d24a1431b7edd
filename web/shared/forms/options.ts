/** The choices of a field as code and word in the reader's language, in the order in which they are offered. */
import { alpha2, choices as countries } from '../countries';
import { words } from '../words.svelte';
import type { FormField } from './model';
import type { Option } from './question';
import { choiceWord, languageName } from './words';

/** Languages heard along the routes and at the posts of the parties (ISO 639); the hub may name its own list. */
const LANGUAGES = (
  'am ar ay az bg bn bs ca cs da de dyu ee el en es et fa ff fi fr gn gu ha ht hi hr hu hy id ig it ja ka kk km ko ku ky lo lt lv mk ml mn my nan ne nl no ny om pa pap pl ps pt qu ro ru rw ' +
  'si sk sl so sq sr srn sv sw ta te tg th ti tk tl tr tw uk ur uz vi wo wuu yo yue zh zu'
).split(' ');
/** ISO 4217, then the coins of wallets: the codes that the hub reads (a test compares them). */
const CURRENCIES = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK ' +
  'DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD ' +
  'KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON ' +
  'RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF ' +
  'XCD XCG XOF XPF YER ZAR ZMW ZWG BCH BTC ETH LTC TRX USDC USDT XMR'
).split(' ');

const sorted = (options: Option[]): Option[] => options.sort((a, b) => new Intl.Collator(words.locale).compare(a.word, b.word));

/** Every country and stateless, named in the reader's language and found by its English name too. */
export function countryOptions(): Option[] {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const englishOf = (code: string): string | undefined => { const two = alpha2(code); return two && english.of(two); };
  return countries().map(({ code, name }) => ({ code, word: name, also: englishOf(code) }));
}

export const currencyOptions = (): Option[] => {
  const names = new Intl.DisplayNames([words.locale], { type: 'currency' });
  return sorted(CURRENCIES.map((code) => ({ code, word: code.length === 3 ? (names.of(code) ?? code) : code })));
};

export const languageOptions = (codes: readonly string[]): Option[] => sorted((codes.length ? codes : LANGUAGES).map((code) => ({ code, word: languageName(code) })));

/** The options of a field of choice. */
export function optionsOf(field: FormField): Option[] {
  if (field.kind === 'country' || field.kind === 'countries') return countryOptions();
  if (field.kind === 'currency') return currencyOptions();
  if (field.kind === 'yes_no' || field.kind === 'yes_no_unknown') return (field.kind === 'yes_no' ? ['yes', 'no'] : ['yes', 'no', 'unknown']).map((code) => ({ code, word: choiceWord(field.list || 'any', code) }));
  if (field.kind === 'language') return languageOptions(field.choices);
  return field.choices.map((code) => ({ code, word: choiceWord(field.list, code), also: code }));
}
