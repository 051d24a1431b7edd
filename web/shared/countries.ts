/** Countries and issuers by their three-letter codes (ISO 3166-1; ICAO Doc 9303 part 3), named in the reader's language. */
import { words } from './words.svelte';

/** Three-letter code followed by the two-letter code that Intl.DisplayNames knows. */
const PACKED =
  'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ ' +
  'BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA ' +
  'CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE ' +
  'DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB ' +
  'GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR ' +
  'HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH ' +
  'KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD ' +
  'MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA ' +
  'NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL ' +
  'PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE RKSXK ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB ' +
  'SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH ' +
  'TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE ' +
  'VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW ';

const ALPHA2 = new Map(PACKED.trim().split(' ').map((pair) => [pair.slice(0, 3), pair.slice(3)]));

/** Issuers that are no country; their names stand in the catalogues. */
export const OTHER_ISSUERS = ['UNO', 'UNA', 'EUE', 'XCC', 'XOM', 'XXA', 'XXB', 'XXC', 'XXX'] as const;
const isOther = (code: string) => (OTHER_ISSUERS as readonly string[]).includes(code);

/** The codes a person may choose from, countries first. */
export const codes = (): string[] => [...ALPHA2.keys()];

export const alpha2 = (code: string): string | undefined => ALPHA2.get(code);

/** A country's usual name in the current language, a listed issuer's name, or the fallback (else the code itself). */
export function countryName(code: string, fallback?: string): string {
  const two = ALPHA2.get(code);
  if (two) return words.regions.of(two) ?? fallback ?? code;
  return isOther(code) ? words.t(`issuer-${code.toLowerCase()}`) : (fallback ?? code);
}

/** Codes with names, sorted for reading; the codes in `first` come before the rest. */
export function choices(first: string[] = []): { code: string; name: string }[] {
  const collator = new Intl.Collator(words.locale);
  const named = [...codes(), ...OTHER_ISSUERS].map((code) => ({ code, name: countryName(code) }));
  const rank = (code: string) => (first.includes(code) ? 0 : isOther(code) ? 2 : 1);
  return named.sort((a, b) => rank(a.code) - rank(b.code) || collator.compare(a.name, b.name));
}
