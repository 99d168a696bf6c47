/** Longer texts are searched by their beginning. */
const MAX_LENGTH = 200;

/** Letters that are no other with an accent, and that keyboards elsewhere lack, as they are spelt there. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Text as searches by string compare it: without case, accents and doubled spaces. */
export function normalisedText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELLINGS[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
}
