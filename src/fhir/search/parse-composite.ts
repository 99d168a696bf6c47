/** Values of a composite parameter, `code$value`, as what they ask for. */
import type { Criterion } from './criterion.ts';
import { invalid, parameterOf } from './find-parameter.ts';
import { QUANTITY_FORM, quantityTest, TOKEN_FORM, tokenWord } from './parse-value.ts';
import type { Composite, SearchParameter } from './search-parameters.ts';
import { splitEscaped } from './split-escaped.ts';
import { pairToken } from './token-text.ts';

/** `parse` reads one value of a parameter. Throws `parameter-invalid`. */
export function parseComposite(
  type: string,
  { code, alternatives }: Composite,
  value: string,
  parse: (parameter: SearchParameter, text: string) => Criterion,
): Criterion {
  const of = splitEscaped(value, ',').flatMap((text) => {
    const [first = '', second = '', ...more] = splitEscaped(text, '$');
    if (first === '' || second === '' || more.length > 0) throw invalid(code, 'another form', 'code$value');
    return alternatives.map(({ scope, parameters: [codes, values] }): Criterion => {
      const [coded, valued] = [parameterOf(type, codes), parameterOf(type, values)];
      return scope === 'resource'
        ? { kind: 'all', of: [parse(coded, first), parse(valued, second)] }
        : inComponent(code, valued, first, second);
    });
  });
  return { kind: 'any', of };
}

/** The pair must stand in one component. */
function inComponent(
  name: string,
  { code, type }: SearchParameter,
  first: string,
  second: string,
): Criterion {
  const concept = wordOf(name, first);
  if (type !== 'quantity') {
    return {
      kind: 'words',
      words: [pairToken('component-code-value-concept', concept, wordOf(name, second))],
    };
  }
  const test = quantityTest(second);
  if (test === undefined) throw invalid(name, 'another form', QUANTITY_FORM);
  return { kind: 'quantities', parameter: code, tests: [test], concepts: [concept] };
}

function wordOf(name: string, text: string): string {
  const word = tokenWord('', text);
  if (word === undefined) throw invalid(name, 'another form', TOKEN_FORM);
  return word;
}
