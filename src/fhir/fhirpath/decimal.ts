/** Decimal arithmetic on JSON numbers: what a person would write, without the noise of binary fractions. */

const MAX_PLACES = 100;

export function addDecimals(left: number, right: number): number {
  const sum = left + right;
  return Number.isInteger(left) && Number.isInteger(right)
    ? sum
    : rounded(sum, Math.max(placesOf(left), placesOf(right)));
}

export function multiplyDecimals(left: number, right: number): number {
  const product = left * right;
  return Number.isInteger(left) && Number.isInteger(right)
    ? product
    : rounded(product, placesOf(left) + placesOf(right));
}

/** Digits after the decimal point in the shortest form that reads back as the same number. */
export function placesOf(value: number): number {
  const text = String(value);
  const exponentAt = text.indexOf('e');
  const mantissa = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const exponent = exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1));
  const pointAt = mantissa.indexOf('.');
  const digits = pointAt < 0 ? 0 : mantissa.length - pointAt - 1;
  return Math.max(0, digits - exponent);
}

function rounded(value: number, places: number): number {
  return places > MAX_PLACES || Math.abs(value) >= 1e21 ? value : Number(value.toFixed(places));
}
