import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RecipientId } from '../kernel/ids.js';
import type { RecipientKind } from './centres.rules.js';

@Entity('recipient')
export class Recipient {
  @PrimaryColumn('uuid') id!: RecipientId;
  @Column('text') name!: string;
  @Column('text') kind!: RecipientKind;
  @Column('integer') version!: number;
}
