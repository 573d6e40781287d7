import canonicalize from 'canonicalize';

/**
 * Canonical JSON of a value (RFC 8785): the same text for the same content on workstation and service, so that a
 * hash over it identifies the content. Throws a `TypeError` for what JSON cannot hold (`undefined`, functions, NaN).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}
