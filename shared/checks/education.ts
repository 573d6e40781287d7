import type { Form } from '../form.ts';
import type { Check } from './check.ts';
import { type FormContext, outcomes } from './finding.ts';

/** Words in the names of majors that do not qualify (E14): 护理, 药学, 中药, 医学技术, 基础医学, 法医. */
const NOT_ACCEPTED = ['护理', '药学', '中药', '医学技术', '检验', '影像技术', '基础医学', '法医'];

/** Whether an education qualifies for a level (医师法 Art. 9–11, domain §3); `transitional`: 中专, only for a while (Art. 64). */
function qualifies(form: Form): 'yes' | 'no' | 'transitional' {
  const { education, level, paths } = form;
  const up = paths.includes('assistant_up');
  switch (education) {
    case 'bachelor':
    case 'master':
    case 'doctor':
      return 'yes';
    case 'college':
      return level === 'assistant' || up ? 'yes' : 'no';
    case 'secondary':
      if (form.class === 'rural') return 'yes';
      return level === 'assistant' || up ? 'transitional' : 'no';
    case 'none':
      return paths.includes('apprentice') && (level === 'assistant' || up) ? 'yes' : 'no';
  }
}

/** Education against the level applied for (E01), and the major against the list of those not accepted (E02). */
export function educationChecks({ form }: FormContext): Check[] {
  const { passed, warning, failed } = outcomes('education.level', 'education');
  const majors = outcomes('education.major', 'major');
  const answer = qualifies(form);
  const checks: Check[] = [];
  if (answer === 'yes') checks.push(passed());
  else checks.push(answer === 'no' ? failed({}, 'E01') : warning({}, 'E01'));
  if (form.education === 'none') return checks;
  if (form.major.trim() === '') return [...checks, majors.failed({ context: 'empty' }, 'I04')];
  const word = NOT_ACCEPTED.find((part) => form.major.includes(part));
  return [...checks, word === undefined ? majors.passed() : majors.warning({ word }, 'E02')];
}
