import { usePrint } from './print.ts';
import './print.css';

/** Above what is printed: what it is, who exported it, when, and the entry of the log that tells of it. */
export function PrintStamp({ title }: { readonly title: string }) {
  const stamp = usePrint((print) => print.stamp);
  if (!stamp) return null;
  return (
    <header className="print-stamp">
      <h1>{title}</h1>
      {stamp.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </header>
  );
}
