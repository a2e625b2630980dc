import { ChoiceField } from '../platform/http/fields.js';
import { erasureGrounds, type ErasureGround } from './erasure.rules.js';

export class ErasePersonDto {
  @ChoiceField({
    of: erasureGrounds,
    de: 'Grund: auf Verlangen, oder weil keine Aufbewahrungspflicht mehr besteht',
    en: 'ground: on request, or because nothing demands to keep the data',
    source: 'Art. 17 DSGVO',
    example: 'on_request',
  })
  ground!: ErasureGround;
}
