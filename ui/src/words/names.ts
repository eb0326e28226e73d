/** Names that other people and programs gave, made safe to show; and texts that are pasted. Pure functions. */
import { cut } from './runs';

/** Marks, spaces, controls, and what is there only to join or to direct: nothing of it is seen. */
const UNSEEN = /^[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
const IGNORED = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Two signs are blank though Unicode counts them as symbols. */
const GAPS = /[\s\u2800\u{1d159}]+/gu;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name as it is shown: cut, and its id where nothing of it would be seen. */
export function nameOf(name: string, id: string): string {
  const short = cut(name);
  return UNSEEN.test(short) ? id : short;
}

/** Letters of Cyrillic and Greek that look like one of Latin, small or large: that one stands behind each. */
const LIKE_LATIN = 'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdһhӏlαaβbεeζzηhιiκkμmνvοoρpτtυuχx';
const latin = new Map(LIKE_LATIN.match(/../gu)?.map(([like, letter]) => [like, letter]));

/** What a name looks like: without what is not seen, and with every gap as one space. */
export function lookOf(name: string, id: string): string {
  const seen = nameOf(name, id).normalize('NFKC').replace(IGNORED, '');
  const small = seen.replace(GAPS, ' ').trim().toLowerCase();
  return Array.from(small, (letter) => latin.get(letter) ?? letter).join('');
}

/** A name inside a sentence: whatever its writing, the rest keeps its order. Elements use `<bdi>`. */
export function isolated(name: string): string {
  return `\u2068${name.replace(DIRECTIONS, '')}\u2069`;
}

/** `“Bank reconciliation”`, for a sentence. */
export const quoted = (name: string, id: string) => `“${isolated(cut(nameOf(name, id), 80))}”`;

/** Lines and cells of a table, for a field of one line, which would join them without a gap. */
export function oneLine(text: string): string {
  const parts = text.split(/[\n\r\t\v\f\u2028\u2029]+/).map((part) => part.trim());
  return parts.filter(Boolean).join(', ');
}
