/** A piece of HTML that is safe to put into a page. Made by `html` only. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | null | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'string' || typeof piece === 'number') {
    return String(piece).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  }
  return piece.map(render).join('');
}

/** HTML from a template: every value is escaped unless it is HTML itself; `null` and `false` are nothing. */
export function html(texts: TemplateStringsArray, ...values: Piece[]): Html {
  return new Html(texts.reduce((all, text, index) => all + render(values[index - 1] ?? null) + text));
}
