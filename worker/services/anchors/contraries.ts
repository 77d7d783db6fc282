/**
 * Words of which one can't stand for another without changing what is said, French and English: contraries, and the
 * members of one scale. Folded; words of one alternative are parted by spaces.
 */
const SCALES = [
  "augment hausse hauss|dimin baiss redui",
  "increas|decreas reduc declin",
  "rise rises rose rising grew grow grows|fall falls fell falling shrank",
  "autoris permis permet|interdi",
  "allow allowed allows permit permitted|forbid forbidden prohib",
  "obligat|facultat",
  "mandat requir compuls|option",
  "maxim|minim",
  "most|least",
  "avant|apres",
  "before|after",
  "plus|moins",
  "more|less fewer",
  "superieur|inferieur",
  "above|below",
  "over|under",
  "higher greater larger|lower smaller",
  "highest greatest largest|lowest smallest",
  "majorit|minorit",
  "debut|fin",
  "start starts begin begins started|end ends ended",
  "premier premiere|dernier derniere",
  "first|last",
  "vrai|faux",
  "true|false",
  "inclus incluse|exclus exclue exclu",
  "accept|refus reject",
  "positi|negati",
  "nord|sud|ouest",
  "north|south|east|west",
  "northern|southern|eastern|western",
  "gauche|droite",
  "left|right",
  "legal|illega",
  "public publique|prive privee",
  "public|private",
  "toujours|parfois|souvent|rarement|jamais",
  "always|sometimes|often|rarely|never",
  "avec|sans",
  "with|without",
  "ouvert ouverte|ferme fermee",
  "open|closed",
  "import|export",
  "gagn|perd perdu",
  "win wins won|lose loses lost",
  "victoir|defait",
  "victory|defeat",
  "haut haute|bas basse",
  "high|low",
  "meilleur|pire",
  "best|worst",
  "success|failur",
  "rapide|lent lente",
  "fast|slow",
  "homme|femme",
  "man|woman",
  "men|women",
  "hommes|femmes",
  "pere|mere",
  "father|mother",
  "frere|soeur",
  "brother|sister",
  "fils|fille",
  "son|daughter",
  "moitie|tiers|quart",
  "half|third|quarter",
  "dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|centaine|millier",
  "dozens|hundreds|thousands|millions",
  "double doubl|triple tripl|quadru",
  "once|twice|thrice",
  "annuel annuelle annuels annuelles annuellement|mensuel|hebdomadaire|quotidien|trimestriel",
  "annual yearly annually|monthly|weekly|daily|quarterly",
  "rouge|bleu bleue|vert verte|noir noire|blanc blanche|jaune",
  "red|blue|green|black|white|yellow",
  "matin|soir",
  "morning|afternoon|evening",
  "printemps|automne|hiver",
  "spring|summer|autumn|winter",
  "doit|peut",
  "doivent|peuvent",
  "must|may can",
  "tous|certains",
  "toutes|certaines",
  "all|some|none",
];

/** Shortest stem that may stand for longer words: shorter ones are compared whole. */
const MIN_STEM = 5;

const WHOLE = new Map<string, Set<string>>();
const STEMS: Array<[stem: string, place: string]> = [];

for (const [scale, alternatives] of SCALES.entries()) {
  for (const [alternative, words] of alternatives.split("|").entries()) {
    for (const word of words.split(" ")) {
      const place = `${scale} ${alternative}`;
      WHOLE.set(word, (WHOLE.get(word) ?? new Set()).add(place));
      if (word.length >= MIN_STEM) STEMS.push([word, place]);
    }
  }
}

/** Whether two folded words are contraries, or two places of one scale. */
export function areContraries(a: string, b: string): boolean {
  const other = placesOf(b);
  return placesOf(a).some((place) => {
    const [scale = ""] = place.split(" ");
    return !other.includes(place) && other.some((each) => each.startsWith(`${scale} `));
  });
}

function placesOf(word: string): string[] {
  return [
    ...(WHOLE.get(word) ?? []),
    ...STEMS.flatMap(([stem, place]) => (word.startsWith(stem) ? [place] : [])),
  ];
}
