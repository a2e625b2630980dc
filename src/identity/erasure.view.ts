import type { PersonErasureId, PersonId } from '../kernel/ids.js';
import { ChoiceField, IdField, InstantField, IntegerField } from '../platform/http/fields.js';
import type { PersonErasure } from './erasure.entity.js';
import { erasureGrounds, type ErasureGround } from './erasure.rules.js';

export class PersonErasureView {
  @IdField({ de: 'Löschung', en: 'erasure' })
  id!: PersonErasureId;

  @IdField({ de: 'Person', en: 'person' })
  personId!: PersonId;

  @ChoiceField({ of: erasureGrounds, de: 'Grund', en: 'ground', example: 'on_request' })
  ground!: ErasureGround;

  @InstantField({ de: 'beantragt', en: 'asked for' })
  requestedAt!: string;

  @IdField({ de: 'beantragt von', en: 'asked for by', nullable: true })
  requestedBy!: PersonId | null;

  @InstantField({ de: 'ausgeführt', en: 'carried out', nullable: true })
  confirmedAt!: string | null;

  @IdField({ de: 'ausgeführt von', en: 'carried out by', nullable: true })
  confirmedBy!: PersonId | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(erasure: PersonErasure): PersonErasureView {
    const { id, personId, ground, requestedAt, requestedBy, confirmedAt, confirmedBy, version } = erasure;
    return Object.assign(new PersonErasureView(), {
      ...{ id, personId, ground, requestedAt, requestedBy, confirmedAt, confirmedBy, version },
    });
  }
}
