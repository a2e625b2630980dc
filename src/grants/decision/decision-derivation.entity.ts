import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseId, CentreId, DecisionId, Id, PersonId } from '../../kernel/ids.js';
import { instantColumn } from '../../platform/database/columns.js';

@Entity('decision_derivation')
export class DecisionDerivation {
  @PrimaryColumn('uuid') id!: Id<'DecisionDerivation'>;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') draft!: number;
  @Column(instantColumn('drafted_at')) draftedAt!: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: PersonId;
  @Column('text') inputs!: string;
  @Column('text') steps!: string;
  @Column('text') sha256!: string;
}
