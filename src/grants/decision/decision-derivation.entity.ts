import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseId, CentreId, DecisionId } from '../../kernel/ids.js';

@Entity('decision_derivation')
export class DecisionDerivation {
  @PrimaryColumn('uuid') id!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') inputs!: string;
  @Column('text') steps!: string;
  @Column('text') sha256!: string;
}
