/** The abstract syntax of FHIRPath (normative release 2.0.0, grammar in its appendix). */

type LiteralType = 'boolean' | 'string' | 'integer' | 'decimal' | 'date' | 'dateTime' | 'time';

export type BinaryOperator =
  | '*'
  | '/'
  | 'div'
  | 'mod'
  | '+'
  | '-'
  | '&'
  | '|'
  | '<='
  | '<'
  | '>'
  | '>='
  | '='
  | '~'
  | '!='
  | '!~'
  | 'in'
  | 'contains'
  | 'and'
  | 'xor'
  | 'or'
  | 'implies';

/** An `input` of undefined is the focus, `$this` unwritten. */
export type Expression =
  | { readonly kind: 'literal'; readonly type: LiteralType; readonly value: boolean | number | string }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'this' }
  | { readonly kind: 'index' }
  | { readonly kind: 'total' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly input: Expression | undefined; readonly name: string }
  | {
      readonly kind: 'call';
      readonly input: Expression | undefined;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'indexer'; readonly input: Expression; readonly index: Expression }
  | { readonly kind: 'sign'; readonly operator: '+' | '-'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'type';
      readonly operator: 'is' | 'as';
      readonly operand: Expression;
      readonly type: string;
    };
