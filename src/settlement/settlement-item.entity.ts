import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseId, CentreId, SettlementId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { moneyColumn } from '../platform/database/columns.js';
import type { ItemCategory, ItemKind } from './settlement-item.rules.js';

@Entity('settlement_item')
export class SettlementItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'settlement_id' }) settlementId!: SettlementId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') kind!: ItemKind;
  @Column('text') category!: ItemCategory;
  @Column(moneyColumn('per_notice_cents', { nullable: true })) perNotice!: Money | null;
  @Column(moneyColumn('settled_cents', { nullable: true })) settled!: Money | null;
  @Column(moneyColumn('eligible_cents', { nullable: true })) eligible!: Money | null;
  @Column('boolean', { name: 'in_kind' }) inKind!: boolean;
  @Column('boolean') modelled!: boolean;
  @Column('integer') version!: number;
}
