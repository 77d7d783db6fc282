import { fold, lexemes, writtenNumbers } from "./lexemes.ts";
import { isNegationWord } from "./negation.ts";
import { readSpelledNumber, spelledNumbers } from "./number-words.ts";

export { fold };

/** Words that carry no claim of their own, French and English, accents folded. */
const STOP_WORDS = new Set(
  `a ai ainsi al alors an and any are as at au aux avec be been but by c ca can ce ceci cela ces cet cette ceux
  ci comme d dans de des did do does dont donc du elle elles en est et etaient etait etant ete etre eu eut for from
  fut furent had has have having he her hers him his i if il ils in into is it its itself j je l la le les leur leurs
  lorsque lors lui m ma mais me mes mon n ne nos notre nous of on ont or ou par pour puis qu quand que qui s sa sans
  se sera seront ses shall si so son sont sur t ta te than that the their them then there these they this those to
  tu un une under upon us vos votre vous was we were what when where which while who whom whose will with would y
  you your`.split(/\s+/),
);

/** Words that open a sentence with a capital and name nobody, beside the stop words. */
const OPENERS = new Set(
  `according additionally after afin aucun aucune ailleurs also although another apres as aujourd aussi autre autres avant
  because before besides between both celle celles celui certain certaines certains cependant chaque contrary
  contrairement d'apres depuis des despite dernier document during each either enfin ensuite entre environ even every
  ex exemple finally first furthermore hence here hors how however in indeed instead jusqu later le leur like
  likewise long many malgre mainly meanwhile meme moins more moreover most mostly much neanmoins next note nombreuses
  nombreux notamment now often once only other others otherwise outre over parce parfois parmi pendant peu plusieurs
  pourtant premier premiere prior puisque quelque quelques quel quelle quoique rather same second selon several
  similarly since soit some sometimes soon sous sometimes still such surtout tandis tant telle tel thereafter
  therefore though through throughout thus today together tous tout toute toutefois toutes traditionally trois two
  un unless unlike until usually vers via voici voila whatever whereas whether why within yes yet oui non not no
  there here outside inside near across along among around against upon toward towards beyond below above`.split(
    /\s+/,
  ),
);

/** Letters kept of a word: inflections of French and English live in its end. Shorter words stay whole. */
const STEM_LETTERS = 6;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** No letter before this one belongs to such a script. */
const FIRST_UNSPACED = 0x1100;

const LETTER = /[\p{L}\p{M}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/uy;

/** Whether a folded word carries no claim of its own. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Whether a folded word opens sentences and names nobody. */
export function isOpener(word: string): boolean {
  return STOP_WORDS.has(word) || OPENERS.has(word);
}

/** What is left of a folded word when its inflection is cut off. */
export function stem(word: string): string {
  const bare = word.length > 4 ? word.replace(/[sx]$/, "").replace(/e{1,2}$/, "") : word;
  return bare.slice(0, STEM_LETTERS);
}

/** The keys that a folded word is compared by. Scripts without spaces count by pairs of characters. */
export function termKeys(word: string): string[] {
  if (word.charCodeAt(0) < FIRST_UNSPACED || !UNSPACED.test(word)) return [stem(word)];
  const pairs: string[] = [];
  for (let at = 0; at < Math.max(1, word.length - 1); at++) pairs.push(word.slice(at, at + 2));
  return pairs;
}

/** The keys of a text's content words and its numbers, each once. */
export function contentTerms(text: string): Set<string> {
  const terms = new Set<string>();
  const all = lexemes(text);
  for (let at = 0; at < all.length; at++) {
    const lexeme = all[at];
    if (!lexeme || lexeme.kind === "sign") continue;
    const spelled = STOP_WORDS.has(lexeme.word) ? null : readSpelledNumber(all, at);
    if (spelled && spelled.value > 1) {
      terms.add(String(spelled.value));
      at = spelled.next - 1;
    } else if (lexeme.kind === "number") terms.add(lexeme.raw);
    else if (!STOP_WORDS.has(lexeme.word) && !isNegationWord(lexeme.word)) {
      for (const key of termKeys(lexeme.word)) terms.add(key);
    }
  }
  return terms;
}

/**
 * Finds which of some terms texts hold: those that `contentTerms(text)` would have but for rare spellings (5 of 10,000
 * questions and texts differed), without a list of all its words. Terms
 * that words stand for otherwise spelled ("St", scripts without spaces) are looked for word by word.
 */
export function termFinder(wanted: Set<string>): (text: string) => Set<string> {
  const [numbers, words] = [[...wanted].filter(isNumber), [...wanted].filter((term) => !isNumber(term))];
  if (words.some((word) => UNSPACED.test(word) || word === "saint")) {
    return (text) => {
      const terms = contentTerms(text);
      return new Set([...wanted].filter((term) => terms.has(term)));
    };
  }
  return (text) => {
    const folded = fold(text);
    const held = words.filter((word) => holdsWord(folded, word));
    if (numbers.length === 0) return new Set(held);
    const found = new Set([...writtenNumbers(text), ...spelledNumbers(text).map(String)]);
    return new Set([...held, ...numbers.filter((number) => found.has(number))]);
  };
}

/** Whether a folded text has a content word with this stem. */
function holdsWord(folded: string, term: string): boolean {
  for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
    if (at > 0 && LETTER.test(folded.charAt(at - 1))) continue;
    WORD.lastIndex = at;
    const word = WORD.exec(folded)?.[0] ?? "";
    if (stem(word) === term && !STOP_WORDS.has(word) && !isNegationWord(word)) return true;
  }
  return false;
}

function isNumber(term: string): boolean {
  return /^\d/.test(term);
}
