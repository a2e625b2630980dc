import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { AttachmentId, CaseId, CentreId, PersonId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';

/** The salt is not mapped: with it the commitment to the name in the journal would mean something. */
@Entity('attachment')
export class Attachment {
  @PrimaryColumn('uuid') id!: AttachmentId;
  @Column('uuid', { name: 'holder_id' }) holderId!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') kind!: string;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text', { name: 'media_type' }) mediaType!: string;
  @Column('bigint', { name: 'size_bytes', transformer: { from: Number, to: (value: number) => value } })
  sizeBytes!: number;
  @Column('text') sha256!: string;
  @Column(instantColumn('uploaded_at')) uploadedAt!: string;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: PersonId;
  @Column(dayColumn('uploaded_on')) uploadedOn!: CalendarDate;
  @Column(instantColumn('kept_at', { nullable: true })) keptAt!: string | null;
  @Column(instantColumn('removed_at', { nullable: true })) removedAt!: string | null;
  @Column('integer') version!: number;
}
