/** Words that say what a sentence does, not what it is about; French and English, accents folded. */
const STOP_WORDS = new Set(
  `a ai aient ainsi alors apres as at au aucun aucune aussi autre autres aux avaient avait avant avec avoir bien c ca
  car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment combien d dans de depuis des donc
  dont du durant elle elles en encore entre es est et etaient etait etant ete etes etre eu eux faire fait fut furent il ils
  j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais me meme memes
  mes moi moins mon n ne ni nos notre nous on ont or ou par parce pas pendant peu peut peuvent plus plusieurs pour
  pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soi soit son sont
  sous sur t ta te tel telle tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y
  notamment quelques quelque certains certaines certaine cependant deja ensuite ailleurs toujours enfin malgre toutefois tandis
  desormais surtout parfois beaucoup parmi trop jamais aujourd lorsqu neanmoins puisqu puisque outre bientot aupres hors afin
  contre devant dit dite soient aurait auront aura avait doit doivent permettant etant ayant serait seraient selon
  about after all also am an and any are be because been before being between both but by can could did do does doing
  during each for from had has have having he her here hers him his how i if in into is it its may me might more most
  must my no nor not of off on once only other our out over own same shall she should so some such than that the their
  theirs them then there these they this those through to too under until up very was we were what when where whether
  which while who whom whose why will with would you your however still within without already again almost always never
  though although despite therefore thus yet else ever instead either neither throughout upon among toward towards just since
  become becomes becoming became itself himself themselves herself`.split(/\s+/),
);

const WORD = /[\p{L}\p{N}]+/gu;

// Longest first. Inflections and the commonest derivations shared by French and English; what is left must keep
// MIN_STEM letters.
const SUFFIX =
  /(?:issements?|issaient|issant|ateurs?|atrices?|ations?|ements?|aient|antes?|euses?|ances?|ences?|ives?|ingly|ions?|ants?|ents?|eurs?|ment|ness|ing|eux|ifs?|ait|ees?|ies?|ed|er|ez|es|ly|al|e|s|x)$/;
const MIN_STEM = 4;

/** Lower case, no accents, ligatures opened: `Œuvre Été` → `oeuvre ete`. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss");
}

/** The folded words of a text, in order; `l'année 2024` → `l`, `annee`, `2024`. */
export function wordsOf(text: string): string[] {
  return fold(text).match(WORD) ?? [];
}

/** @param word folded */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** A folded word without its ending, so that `gagnante`, `gagnants` and `gagner` meet. Not a linguist's stem. */
export function stem(word: string): string {
  if (word.length <= MIN_STEM || /\d/.test(word)) return word;
  const singular = word.replace(/(?<=[^su])[sx]$/, "");
  const cut = singular.search(SUFFIX);
  if (cut >= MIN_STEM) return singular.slice(0, cut);
  return singular.length > MIN_STEM ? singular.replace(/e$/, "") : singular;
}
