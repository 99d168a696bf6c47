import fc from 'fast-check';
import { TextStore } from '../../src/cli/text-store.ts';

it.each([
  ['in memory', 64, 1 << 20],
  ['on disk from the first full block on', 64, 0],
  ['part here, part there', 64, 256],
])('gives back what was put in, %s', (_, blockBytes, memoryBytes) => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 150 }), { maxLength: 40 }), (texts) => {
      const store = new TextStore(blockBytes, memoryBytes);
      const places = texts.map((text) => store.add(text));
      expect(places.map((place) => store.read(place))).toEqual(texts.map((text) => text.toWellFormed()));
      store.close();
    }),
    { numRuns: 60 },
  );
});
