import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemText } from '../../shared/problem.ts';
import { factLines } from './facts.ts';
import { shortTime } from './time.ts';

/**
 * A problem in the user's language: what happened, who has the submission where that is it, what to do next, and what is
 * known of it.
 */
export function ProblemPanel({ problem }: { readonly problem: Problem }) {
  const { t, i18n } = useTranslation();
  const { claim } = problem;
  const { title, next } = problemText(problem.code, i18n.language === 'en' ? 'en' : 'zh-CN');
  return (
    <div className="problem" role="alert" data-testid="problem" data-code={problem.code}>
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
      <div>
        <strong>{title}</strong>
        {claim !== undefined && (
          <div data-testid="problem-claim">
            {claim ? t('claim.now', { name: claim.holder.name, at: shortTime(claim.since) }) : t('claim.nobody')}
          </div>
        )}
        <div className="quiet">{next}</div>
        {factLines(t, problem.facts).map((fact) => (
          <div key={fact} className="quiet selectable">
            {fact}
          </div>
        ))}
      </div>
    </div>
  );
}
