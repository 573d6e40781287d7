import { fillDecisionFacts } from '../decision-facts.ts';
import type { Migration } from './migration.ts';

/**
 * Tags carry their place (`site:990101 kind:image.lock`), so that a site's question walks the site's own decisions, and
 * what a tag counts is the site's own number. What was derived before is derived anew.
 */
export const auditByPlace: Migration = {
  version: 10,
  sql: `
    DROP TABLE audit_counts;
    DELETE FROM decision_facts;
    DELETE FROM decision_tags;
    DELETE FROM audit_tags;
    INSERT INTO decision_words (decision_words) VALUES ('delete-all');
  `,
  fill: fillDecisionFacts,
};
