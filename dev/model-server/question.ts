import { familiesOf } from "./glossary.ts";
import { languageOf } from "./language.ts";
import { fold, isStopWord, stem, wordsOf } from "./words.ts";

/** What an answer must contain: a figure, a moment, a name… */
export type AnswerKind =
  | "number"
  | "age"
  | "duration"
  | "times"
  | "money"
  | "share"
  | "date"
  | "person"
  | "place"
  | "reason"
  | "definition"
  | "overview"
  | "other";

export type Term = {
  /** Folded, as asked */
  word: string;
  stem: string;
  /** What finding it is worth, before its rarity: names and figures more, words that only frame a question less */
  weight: number;
  /** Of the glossary, so that a synonym or a translation counts as found */
  families: readonly number[];
};

export type Question = {
  kind: AnswerKind;
  /** What is counted: the stem and families of `semaines` in `combien de semaines` */
  unit: Pick<Term, "stem" | "families"> | null;
  terms: Term[];
  language: "fr" | "en";
};

const KINDS: [AnswerKind, RegExp][] = [
  [
    "overview",
    /\b(resum\w*|summar\w*|synthese|overview|apercu)\b|\bde quoi (parle|traite|s'agit|est-il question)|\bwhat (is|are) (this|these|the) (documents?|files?|texts?) about|\b(key|main) points\b|\bpoints (cles|principaux|essentiels)\b/,
  ],
  [
    "definition",
    /\bqu'?(?:e |')?(?:entend-on|entendre|appelle-t-on|designe|signifie|veut dire)|\b(signifie|veut dire|definition|definir|definit-on)\b|\bqu'est-ce qu(?:e |')|\bwhat (does|do) .* (mean|stand for)\b|\bmeant by\b|\bmeaning of\b|\bdefined?\b|^what (?:is|are) (?!the )(?:an? )?(?:[a-z-]+ ?){1,3}\?$/,
  ],
  ["age", /\bquel age\b|\bhow old\b|\b(what|which) age\b|\bage (minimum|minimal|maximum|legal|limit)/],
  ["times", /\bcombien de fois\b|\bhow (often|many times)\b|\bquelle frequence\b|\bnumber of times\b/],
  [
    "duration",
    /\bcombien de temps\b|\bhow long\b|\b(duree|delai|anciennete|deadline)\b|\b(combien d['e]\s?|how many )(jours?|mois|semaines?|ans|annees|heures?|minutes?|days?|weeks?|months?|years?|hours?)\b/,
  ],
  [
    "money",
    /\b(combien d'argent|coute|couter|prix|tarif|montant|cout|salaire|amende|cost|price|salary|how much)\b/,
  ],
  ["share", /\b(pourcentage|proportion|percentage|fraction|quelle part)\b/],
  [
    "date",
    /\b(quand|when|date|annees?|year|month|century|siecle|decennie|decade)\b|\bquel(le)?s? (jour|mois|moment|epoque)|\b(what|which) (day|time|period|era)\b/,
  ],
  [
    "number",
    /\b(combien|how (many|much|long|old|tall|far|often|large|big|high|deep|fast|heavy))\b|\b(nombre|montants?|prix|taux|duree|age|pourcentage|proportion|taille|hauteur|longueur|distance|population|superficie|surface|delai|chiffre|anciennete|seuil|cout|number|amount|percent\w*|price|rate|length|height|size|cost|score|threshold|fraction)\b/,
  ],
  ["reason", /\b(pourquoi|why|raisons?|reasons?|causes?|but|objectif|purpose|motif)\b/],
  [
    "place",
    /\b(ou|where)\b(?! (est-ce )?qu)|\b(ville|pays|lieu|endroit|region|continent|city|country|place|location|state)\b/,
  ],
  ["person", /\b(qui|who|whom|whose|nom|name|named|nomme|appelle|auteur|author)\b/],
];

const FRAMING = new Set(
  `nom name named names appelle appele called nomme type types kind sort genre annee annees year years date jour day mois
  month nombre number chiffre montant amount quantite taux rate duree length temps time moment lieu place endroit ville
  city pays country personne person people gens chose thing raison reason cause but purpose objectif role exemple example
  partie part facon maniere way principal principale principaux main major premier premiere first dernier derniere last
  nouveau nouvelle new selon according utilise used using use utiliser permet concerne existe trouve found locate situe
  situated located consider considere known connu represente happen passe arrive occur gives donne term terme mot word
  titre title element elements different differents various certain type groupe group entend
  entendre signifie signifier definition definir designe veut dire mean means meaning meant stand define defined faut falloir`.split(
    /\s+/,
  ),
);
const FRAMING_WEIGHT = 0.45;
const NAME_WEIGHT = 1.3;
const FIGURE_WEIGHT = 1.2;
/** What the words of the turn before count for in a follow-up. */
const PREVIOUS_WEIGHT = 0.5;

const COUNTED =
  /\b(?:combien d(?:e |'|es )|how many |nombre (?:maximal |minimal )?d(?:e |'|es ))(?!temps|time)([a-z]+)/;

const FEW_TERMS = 2;
const POINTS_BACK =
  /^(et|mais|alors|donc|and|but|so|what about|how about)\b|\b(celui|celle|ceux|celles|cela|ca|lui|leur|it|its|they|them|their|that|those|he|she|his|her)\b|\b(il|elle|ils|elles)\b/;

/** Reads what a question asks for; one that leans on the turn before takes that turn's words along. */
export function analyseQuestion(question: string, previous: string | null): Question {
  const folded = fold(question).replaceAll("’", "'");
  const kind = KINDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? "other";
  const terms = termsOf(question, 1);
  const language = languageOf(question);
  const leans = terms.length <= FEW_TERMS || POINTS_BACK.test(folded);
  if (previous !== null && leans) {
    const known = new Set(terms.map((term) => term.stem));
    terms.push(...termsOf(previous, PREVIOUS_WEIGHT).filter((term) => !known.has(term.stem)));
  }
  return { kind, unit: unitOf(folded), terms, language };
}

function unitOf(folded: string): Question["unit"] {
  const word = COUNTED.exec(folded)?.[1];
  return word === undefined ? null : { stem: stem(word), families: familiesOf(stem(word)) };
}

function termsOf(question: string, scale: number): Term[] {
  const names = new Set(
    (question.match(/(?<=[\p{L}\p{N}'’,]\s?)(?<!\p{L})\p{Lu}[\p{L}\p{N}]+/gu) ?? []).flatMap(wordsOf),
  );
  const content = wordsOf(question).filter((word) => !isStopWord(word));
  const stems = content.map(stem);
  const terms = new Map<string, Term>();
  content.forEach((word, i) => {
    const current = stem(word);
    const weight = /\d/.test(word)
      ? FIGURE_WEIGHT
      : names.has(word)
        ? NAME_WEIGHT
        : FRAMING.has(word)
          ? FRAMING_WEIGHT
          : 1;
    if (terms.has(current)) return;
    // A term of two words (`mot de passe`) is found when either stands for the whole.
    const pairs = [`${stems[i - 1]} ${current}`, `${current} ${stems[i + 1]}`];
    const families = [current, ...pairs].flatMap(familiesOf);
    terms.set(current, { word, stem: current, weight: weight * scale, families });
  });
  return [...terms.values()];
}
