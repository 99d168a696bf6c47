/** Values of a composite parameter, `code$value`, as what they ask for. */
import type { Criterion, QuantityTest } from './criterion.ts';
import { invalid, parameterOf } from './find-parameter.ts';
import { QUANTITY_FORM, quantityTest, TOKEN_FORM, tokenWord } from './parse-value.ts';
import type { Composite } from './search-parameters.ts';
import { splitEscaped } from './split-escaped.ts';
import { pairToken } from './token-text.ts';

/** Throws `parameter-invalid`. */
export function parseComposite(type: string, { code, alternatives }: Composite, value: string): Criterion {
  const of = splitEscaped(value, ',').flatMap((text) => {
    const [first = '', second = '', ...more] = splitEscaped(text, '$');
    if (first === '' || second === '' || more.length > 0) throw invalid(code, 'another form', 'code$value');
    return alternatives.map(({ scope, parameters: [codes, values] }): Criterion => {
      const isQuantity = parameterOf(type, values).type === 'quantity';
      const codeWord = wordOf(code, scope === 'component' ? '' : codes, first);
      if (scope === 'resource') {
        const valued: Criterion = isQuantity
          ? { kind: 'quantities', parameter: values, tests: [quantityOf(code, second)], concepts: [] }
          : { kind: 'words', words: [wordOf(code, values, second)] };
        return { kind: 'all', of: [{ kind: 'words', words: [codeWord] }, valued] };
      }
      if (isQuantity) {
        return {
          kind: 'quantities',
          parameter: values,
          tests: [quantityOf(code, second)],
          concepts: [codeWord],
        };
      }
      return {
        kind: 'words',
        words: [pairToken('component-code-value-concept', codeWord, wordOf(code, '', second))],
      };
    });
  });
  return { kind: 'any', of };
}

function wordOf(name: string, parameter: string, text: string): string {
  const word = tokenWord(parameter, text);
  if (word === undefined) throw invalid(name, 'another form', TOKEN_FORM);
  return word;
}

function quantityOf(name: string, text: string): QuantityTest {
  const test = quantityTest(text);
  if (test === undefined) throw invalid(name, 'another form', QUANTITY_FORM);
  return test;
}
