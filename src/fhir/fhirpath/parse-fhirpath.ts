import type { BinaryOperator, Expression } from './expression.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Token, tokenize } from './tokenize.ts';

const MAX_DEPTH = 100;
/** Steps of a path, or operators of one level in a row. */
const MAX_CHAIN = 500;

/** Binding strength of the binary operators, loosest first; FHIRPath 2.0.0, section 6.8. */
const LEVELS: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<', '<=', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
];
const STRENGTH = new Map(
  LEVELS.flatMap((level, index) => level.map((operator) => [operator, index] as const)),
);

const CALENDAR_UNITS = new Set(
  ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'].flatMap((unit) => [
    unit,
    `${unit}s`,
  ]),
);

/** The expression as a tree. Throws FhirPathError `syntax` naming the offset. */
export function parseFhirPath(source: string): Expression {
  const parser = new Parser(source);
  return parser.parseWhole();
}

/** Recursive descent with operator precedence; state is the place in the token list. */
class Parser {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  parseWhole(): Expression {
    const expression = this.parseBinary(0);
    if (this.peek().kind !== 'end') throw this.unexpected();
    return expression;
  }

  private parseBinary(loosest: number): Expression {
    if (++this.depth > MAX_DEPTH) {
      throw new FhirPathError('syntax', `Expression nested deeper than ${MAX_DEPTH}.`);
    }
    let left = this.parseSigned();
    for (let length = 0; ; length++) {
      this.requireChain(length);
      const token = this.peek();
      const strength =
        token.kind === 'symbol' || token.kind === 'identifier' ? STRENGTH.get(token.text) : undefined;
      if (strength === undefined || strength < loosest) break;
      this.next++;
      left = this.parseRight(left, token.text, strength);
    }
    this.depth--;
    return left;
  }

  private parseRight(left: Expression, operator: string, strength: number): Expression {
    if (operator === 'is' || operator === 'as') {
      return { kind: 'type', operator, operand: left, type: this.parseTypeName() };
    }
    return {
      kind: 'binary',
      operator: operator as BinaryOperator,
      left,
      right: this.parseBinary(strength + 1),
    };
  }

  private parseSigned(): Expression {
    const token = this.peek();
    if (token.kind === 'symbol' && (token.text === '+' || token.text === '-')) {
      if (++this.depth > MAX_DEPTH) {
        throw new FhirPathError('syntax', `Expression nested deeper than ${MAX_DEPTH}.`);
      }
      this.next++;
      const operand = this.parseSigned();
      this.depth--;
      return { kind: 'sign', operator: token.text, operand };
    }
    return this.parsePostfix();
  }

  private parsePostfix(): Expression {
    let expression = this.parseTerm();
    for (let length = 0; ; length++) {
      this.requireChain(length);
      if (this.takeSymbol('.')) {
        expression = this.parseInvocation(expression);
      } else if (this.takeSymbol('[')) {
        const index = this.parseBinary(0);
        this.expectSymbol(']');
        expression = { kind: 'indexer', input: expression, index };
      } else {
        return expression;
      }
    }
  }

  private parseTerm(): Expression {
    const token = this.peek();
    switch (token.kind) {
      case 'number':
        return this.parseNumber();
      case 'string':
        this.next++;
        return { kind: 'literal', type: 'string', value: token.text };
      case 'temporal':
        this.next++;
        return temporalLiteral(token.text);
      case 'variable':
        this.next++;
        return { kind: 'variable', name: token.text };
      case 'identifier':
        if (token.text === 'true' || token.text === 'false') {
          this.next++;
          return { kind: 'literal', type: 'boolean', value: token.text === 'true' };
        }
        return this.parseInvocation(undefined);
      case 'symbol':
        return this.parseBracketed(token);
      default:
        return this.parseInvocation(undefined);
    }
  }

  private parseBracketed(token: Token): Expression {
    if (this.takeSymbol('(')) {
      const inner = this.parseBinary(0);
      this.expectSymbol(')');
      return inner;
    }
    if (this.takeSymbol('{')) {
      this.expectSymbol('}');
      return { kind: 'empty' };
    }
    if (token.text.startsWith('$')) return this.parseInvocation(undefined);
    throw this.unexpected();
  }

  private parseNumber(): Expression {
    const { text } = this.take();
    const value = Number(text);
    const unit = this.peek();
    if (unit.kind === 'string' || (unit.kind === 'identifier' && CALENDAR_UNITS.has(unit.text))) {
      this.next++;
      return { kind: 'quantity', value, unit: unit.text };
    }
    return { kind: 'literal', type: text.includes('.') ? 'decimal' : 'integer', value };
  }

  private parseInvocation(input: Expression | undefined): Expression {
    const token = this.take();
    if (token.kind === 'symbol' && input === undefined) {
      if (token.text === '$this') return { kind: 'this' };
      if (token.text === '$index') return { kind: 'index' };
      if (token.text === '$total') return { kind: 'total' };
    }
    if (token.kind !== 'identifier' && token.kind !== 'quoted') {
      this.next--;
      throw this.unexpected();
    }
    if (!this.takeSymbol('(')) return { kind: 'member', input, name: token.text };
    const args: Expression[] = [];
    if (!this.takeSymbol(')')) {
      do args.push(this.parseBinary(0));
      while (this.takeSymbol(','));
      this.expectSymbol(')');
    }
    return { kind: 'call', input, name: token.text, args };
  }

  /** Chains become nested trees; this keeps the recursion over them off the end of the stack. */
  private requireChain(length: number): void {
    if (length > MAX_CHAIN) throw new FhirPathError('syntax', `More than ${MAX_CHAIN} steps in a row.`);
  }

  private parseTypeName(): string {
    const names: string[] = [];
    do {
      const token = this.peek();
      if (token.kind !== 'identifier' && token.kind !== 'quoted') throw this.unexpected();
      this.next++;
      names.push(token.text);
    } while (this.takeSymbol('.'));
    return names.join('.');
  }

  private peek(): Token {
    return this.tokens[this.next] ?? END;
  }

  private take(): Token {
    const token = this.peek();
    this.next++;
    return token;
  }

  private takeSymbol(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== text) return false;
    this.next++;
    return true;
  }

  private expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.unexpected(text);
  }

  private unexpected(expected?: string): FhirPathError {
    const token = this.peek();
    const found = token.kind === 'end' ? 'the end' : `"${token.text}"`;
    const wanted = expected === undefined ? '' : `, expected "${expected}"`;
    return new FhirPathError('syntax', `Found ${found} at ${token.at} of "${this.source}"${wanted}.`);
  }
}

const END: Token = { kind: 'end', text: '', at: 0 };

function temporalLiteral(text: string): Expression {
  if (text.startsWith('T')) return { kind: 'literal', type: 'time', value: text.slice(1) };
  if (!text.includes('T')) return { kind: 'literal', type: 'date', value: text };
  return { kind: 'literal', type: 'dateTime', value: text.endsWith('T') ? text.slice(0, -1) : text };
}
