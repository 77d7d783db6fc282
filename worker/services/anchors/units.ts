/** What is measured, and how many of the dimension's base units one of these is. */
export type Unit = { dimension: string; factor: number };

/** Word lists by dimension and factor, folded. Sizes: SI; months and years aren't turned into days. */
const WORDS: Array<[dimension: string, factor: number, words: string]> = [
  ["percent", 1, "pourcent percent pct"],
  ["permille", 1, "permille"],
  ["point", 1, "point points pp"],
  ["time", 1 / 60, "seconde secondes second seconds sec"],
  ["time", 1, "minute minutes min mn mins"],
  ["time", 60, "heure heures hour hours hr hrs"],
  ["time", 1_440, "jour jours journee journees day days"],
  ["time", 10_080, "semaine semaines week weeks"],
  ["month", 1, "mois month months"],
  ["month", 3, "trimestre trimestres quarter quarters"],
  ["month", 6, "semestre semestres"],
  ["month", 12, "an ans annee annees year years"],
  ["month", 120, "decennie decennies decade decades"],
  ["century", 1, "siecle siecles century centuries"],
  ["month", 12_000, "millenaire millenaires millennium millennia"],
  ["length", 1e-9, "nm nanometre nanometres nanometer nanometers"],
  ["length", 1e-6, "µm um micrometre micrometres micron microns"],
  ["length", 1e-3, "mm millimetre millimetres millimeter millimeters"],
  ["length", 1e-2, "cm centimetre centimetres centimeter centimeters"],
  ["length", 1, "metre metres meter meters"],
  ["length", 1e3, "km kilometre kilometres kilometer kilometers kms"],
  ["length", 0.0254, "inch inches pouce pouces"],
  ["length", 0.3048, "ft foot feet pied pieds"],
  ["length", 0.9144, "yd yard yards"],
  ["length", 1609.344, "mile miles"],
  ["area", 1, "m2 m²"],
  ["area", 1e6, "km2 km²"],
  ["area", 1e4, "ha hectare hectares"],
  ["area", 4046.8564224, "acre acres"],
  ["volume", 1, "m3 m³"],
  ["volume", 1e-3, "litre litres liter liters"],
  ["volume", 1e-6, "ml millilitre millilitres milliliter milliliters"],
  ["volume", 1e-5, "cl centilitre centilitres"],
  ["volume", 0.1, "hl hectolitre hectolitres"],
  ["mass", 1e-3, "mg milligramme milligrammes milligram milligrams"],
  ["mass", 1, "gramme grammes gram grams"],
  ["mass", 1e3, "kg kilo kilos kilogramme kilogrammes kilogram kilograms kgs"],
  ["mass", 1e6, "tonne tonnes ton tons"],
  ["mass", 453.59237, "lb lbs pounds-mass"],
  ["mass", 28.349523125, "oz ounce ounces once onces"],
  ["data", 1, "octet octets byte bytes"],
  ["data", 1e3, "ko kb kilooctets kilobytes"],
  ["data", 1e6, "mo mb megaoctets megabytes"],
  ["data", 1e9, "go gb gigaoctets gigabytes"],
  ["data", 1e12, "to tb teraoctets terabytes"],
  ["power", 1, "watt watts"],
  ["power", 1e3, "kw kilowatt kilowatts"],
  ["power", 1e6, "mw megawatt megawatts"],
  ["power", 1e9, "gw gigawatt gigawatts"],
  ["energy", 1e3, "kwh"],
  ["energy", 1e6, "mwh"],
  ["energy", 1e9, "gwh"],
  ["energy", 1e12, "twh"],
  ["frequency", 1, "hz hertz"],
  ["frequency", 1e3, "khz"],
  ["frequency", 1e6, "mhz"],
  ["frequency", 1e9, "ghz"],
  ["voltage", 1, "volt volts"],
  ["voltage", 1e3, "kv"],
  ["degree", 1, "° degre degres degree degrees"],
  ["EUR", 1, "€ eur euro euros"],
  ["USD", 1, "$ usd dollar dollars"],
  ["GBP", 1, "£ gbp sterling"],
  // A pound is money or a weight; what surrounds it doesn't say which, so it is a thing of its own.
  ["pound", 1, "pound pounds livre livres"],
  ["CHF", 1, "chf"],
  ["franc", 1, "franc francs ff frf"],
  ["JPY", 1, "¥ jpy yen yens"],
  ["CNY", 1, "cny yuan yuans"],
  ["CAD", 1, "cad"],
  ["INR", 1, "inr rupee rupees roupie roupies"],
  ["RUB", 1, "rub rouble roubles ruble rubles"],
];

/** Signs of one letter, or whose case tells them apart; they count directly after a number alone. */
const SYMBOLS: Record<string, Unit> = {
  "%": { dimension: "percent", factor: 1 },
  "‰": { dimension: "permille", factor: 1 },
  m: { dimension: "length", factor: 1 },
  h: { dimension: "time", factor: 60 },
  s: { dimension: "time", factor: 1 / 60 },
  g: { dimension: "mass", factor: 1 },
  l: { dimension: "volume", factor: 1e-3 },
  L: { dimension: "volume", factor: 1e-3 },
  t: { dimension: "mass", factor: 1e6 },
  W: { dimension: "power", factor: 1 },
  V: { dimension: "voltage", factor: 1 },
  F: { dimension: "franc", factor: 1 },
  j: { dimension: "time", factor: 1_440 },
};

const BY_WORD = new Map<string, Unit>(
  WORDS.flatMap(([dimension, factor, words]) =>
    words.split(" ").map((word): [string, Unit] => [word, { dimension, factor }]),
  ),
);

const CURRENCIES = new Set(["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "CAD", "INR", "RUB"]);

/** The unit that a word names wherever it stands. */
export function unitOf(word: string): Unit | undefined {
  return BY_WORD.get(word);
}

/** The unit that a sign names after a number. */
export function symbolOf(raw: string): Unit | undefined {
  return Object.hasOwn(SYMBOLS, raw) ? SYMBOLS[raw] : undefined;
}

/** Whether a dimension is money. */
export function isCurrency(dimension: string): boolean {
  return CURRENCIES.has(dimension) || dimension === "pound" || dimension === "franc";
}

/** The currency that a sign or code before a number names. */
export function currencyOf(word: string): Unit | undefined {
  const unit = BY_WORD.get(word);
  return unit && CURRENCIES.has(unit.dimension) ? unit : undefined;
}

/** Whether two dimensions may name the same thing: a pound is sterling or a weight, a franc may be Swiss. */
export function sameDimension(a: string, b: string): boolean {
  if (a === b) return true;
  const pair = `${a} ${b}`;
  return /^(pound GBP|GBP pound|pound mass|mass pound|franc CHF|CHF franc|century month|month century)$/.test(
    pair,
  );
}
