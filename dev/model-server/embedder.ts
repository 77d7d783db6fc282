import { familiesOf, startsPair } from "./glossary.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

/** Length of the character n-grams that let inflected and misspelt words meet. */
const GRAM = 4;
/** Scripts without spaces between words have shorter ones. */
const CJK_GRAM = 2;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** What the stem of a word outside the glossary weighs, and its n-grams together: a name is spelt in many ways. */
const UNKNOWN = { stem: 0.5, grams: 1 };
/** The same for a word of the glossary, which is to meet its translation as nearly as itself. */
const KNOWN = { stem: 0.1, grams: 0.15 };
/** What the word's families in the glossary weigh together. */
const FAMILY_WEIGHT = 1.5;
/** Words whose features are remembered: a corpus repeats few of them most of the time. */
const REMEMBERED = 20_000;

const EDGE = 95; // "_" before and after a word, so that its beginning differs from its middle

// FNV-1a, then the finaliser of MurmurHash3 (both public domain).
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Embeds a text lexically: the stem and the character 4-grams of each word, hashed with a sign into
 * `dimensions` buckets ("feature hashing", Weinberger et al. 2009), square root of the frequency,
 * L2-normalised. Its families in the glossary are one feature each, so that some synonyms and translations meet.
 * Stop words count only when there is nothing else. Same text, same vector, everywhere.
 */
export function embed(text: string, dimensions: number): Float32Array {
  const words = wordsOf(text);
  const content = words.filter((word) => !isStopWord(word));
  const weights = new Map<number, number>();
  const counts = new Map<string, number>();
  let previous = "";
  for (const word of content.length > 0 ? content : words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const { stem: current, startsPair: mayStart } = featuresOf(word);
    if (previous !== "") addFamilies(weights, `${previous} ${current}`);
    previous = mayStart ? current : "";
  }
  for (const [word, count] of counts) {
    const features = featuresOf(word);
    for (let i = 0; i < features.hashes.length; i++) {
      add(weights, features.hashes[i] ?? 0, count * (features.weights[i] ?? 0));
    }
  }
  if (weights.size === 0) weights.set(hash(text.trim(), 0), 1);

  const vector = new Float32Array(dimensions);
  for (const [feature, weight] of weights) {
    const bucket = feature % dimensions;
    const sign = Math.imul(feature, 0x9e3779b1) < 0 ? -1 : 1;
    vector[bucket] = (vector[bucket] ?? 0) + sign * Math.sqrt(weight);
  }
  return normalise(vector);
}

type WordFeatures = { stem: string; startsPair: boolean; hashes: number[]; weights: number[] };

const remembered = new Map<string, WordFeatures>();

function featuresOf(word: string): WordFeatures {
  const seen = remembered.get(word);
  if (seen) return seen;
  const weights = new Map<number, number>();
  const stemmed = stem(word);
  const weigh = familiesOf(stemmed).length > 0 ? KNOWN : UNKNOWN;
  add(weights, hash(stemmed, 1), weigh.stem);
  const size = CJK.test(word) ? CJK_GRAM : GRAM;
  const count = Math.max(1, word.length + 3 - size);
  const weight = weigh.grams / Math.sqrt(count);
  for (let start = -1; start < count - 1; start++) add(weights, hashGram(word, start, size), weight);
  addFamilies(weights, stemmed);
  const features = {
    stem: stemmed,
    startsPair: startsPair(stemmed),
    hashes: [...weights.keys()],
    weights: [...weights.values()],
  };
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(word, features);
  return features;
}

function addFamilies(weights: Map<number, number>, stems: string): void {
  const families = familiesOf(stems);
  for (const family of families) add(weights, hash(String(family), 3), FAMILY_WEIGHT / families.length);
}

function add(weights: Map<number, number>, feature: number, weight: number): void {
  weights.set(feature, (weights.get(feature) ?? 0) + weight);
}

/** @param kind keeps features of different kinds apart */
function hash(text: string, kind: number): number {
  let state = FNV_OFFSET ^ kind;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), FNV_PRIME);
  return mix(state);
}

function hashGram(word: string, start: number, size: number): number {
  let state = FNV_OFFSET ^ 2;
  for (let i = start; i < start + size; i++) {
    const code = i < 0 || i >= word.length ? EDGE : word.charCodeAt(i);
    state = Math.imul(state ^ code, FNV_PRIME);
  }
  return mix(state);
}

function mix(state: number): number {
  const a = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b ^ (b >>> 16)) >>> 0;
}

function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  // A zero vector can only come of buckets that cancel out exactly; one axis is as good as another then.
  if (sum === 0) vector[0] = sum = 1;
  const scale = 1 / Math.sqrt(sum);
  return vector.map((value) => value * scale);
}
