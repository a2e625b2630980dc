import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationId, CaseId, CentreId, Id } from '../../kernel/ids.js';
import type { Proposal } from './opinion.rules.js';

/** What should be decided; who said so and when stands with the application. */
@Entity('application_recommendation')
export class ApplicationRecommendation {
  @PrimaryColumn('uuid') id!: Id<'ApplicationRecommendation'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') recommendation!: string;
  @Column('text') proposes!: Proposal;
}
