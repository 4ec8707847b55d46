import { day } from '../../src/core/calendar.ts';
import { decimal } from '../../src/core/decimal.ts';
import type { Chapter } from './chapter.ts';

const EXCHANGE = {
  saleParts: 2,
  sales: decimal('84.00'),
  creditNotes: decimal('24.00'),
  paidIn: decimal('60.00'),
  paidOut: decimal('0'),
  firstMethod: 'card',
};

const CANCELLED = 'product 40.00 20% 8.00 pieces=1; shipping 4.92 20% 0.98';
const NEVER_PAID = {
  saleParts: 1,
  sales: decimal('53.90'),
  creditNotes: decimal('53.90'),
  paidIn: decimal('0'),
  paidOut: decimal('0'),
};

/** Credit notes by kind, and how money goes back. */
export const CREDIT_NOTES: readonly Chapter[] = [
  {
    title: 'Les avoirs',
    text: `Un avoir a sa date, son numéro et son journal. Sa nature se lit dans ses lignes : des articles rendus font un **retour**, miroir de la vente (707 et 4457 au débit) ; une somme rendue sans article est un **geste
commercial** (709). Une facture n'est jamais corrigée ni supprimée : elle est annulée par un avoir (CGI, annexe II, art. 242 nonies A pour les numéros ; CGI, art. 272, 1 pour la TVA). Un avoir de toute la vente la solde compte par compte.`,
    examples: [
      {
        title: 'Retour de marchandises, remboursé',
        text: 'Le remboursement est un règlement dans l’autre sens, le jour où il a lieu.',
        documents: [
          { sketch: 'creditNote FR:69003; product 40.00 20% 8.00 pieces=1; refunded card 48.00 on 2026-10-22' },
        ],
      },
      {
        title: 'Geste commercial sur un article qui n’est pas rendu',
        documents: [{ sketch: 'creditNote FR:69003; product 10.00 20% 2.00 pieces=0; refunded card 12.00' }],
      },
      {
        title: 'Somme rendue sans ligne, partagée entre les taux de la vente',
        text: 'La boutique n’a noté qu’un montant TTC de 30,00 €. Il est partagé au prorata du TTC de chaque taux de la commande (120,00 € à 20 %, 52,75 € à 5,5 %) ; le dernier avoir rend exactement ce qui reste.',
        documents: [
          {
            sketch: 'creditNote FR:69003; refunded card 30.00',
            sharedOver: 'sale FR; product 100.00 20% 20.00; product 50.00 5.5% 2.75 => 30.00',
          },
        ],
      },
      {
        title: 'Somme rendue sans TVA',
        text: 'L’autre choix (`reading.amountOnlyRefunds` = `untaxed`) : la réduction est accordée sans rectifier la TVA.',
        set: { 'reading.amountOnlyRefunds': 'untaxed' },
        documents: [{ sketch: 'creditNote FR:69003; adjustment 30.00; refunded card 30.00' }],
      },
      {
        title: 'Retenue sur un remboursement, telle que la boutique la dit',
        text: 'Le vendeur garde 6,00 € de frais de retour. La TVA rendue est celle que la boutique a rendue, en entier ; la retenue est un produit sans TVA.',
        documents: [
          { sketch: 'creditNote FR:69003; product 40.00 20% 8.00 pieces=1; adjustment -6.00; refunded card 42.00' },
        ],
      },
      {
        title: 'La même retenue, avec sa TVA',
        text: 'La retenue réduit chaque taux au prorata : 6,00 € TTC, dont 1,00 € de TVA.',
        set: { 'reading.retentions': 'shareVat' },
        documents: [
          { sketch: 'creditNote FR:69003; product 40.00 20% 8.00 pieces=1; refunded card 42.00', keptBack: '6.00' },
        ],
      },
      {
        title: 'Port rendu',
        documents: [{ sketch: 'creditNote FR:69003; shipping 4.92 20% 0.98; refunded card 5.90' }],
      },
      {
        title: 'Retour remboursé en avoir de la boutique',
        documents: [
          { sketch: 'creditNote FR:69003; product 20.00 20% 4.00 pieces=1; refunded credit 24.00 type=storeCredit' },
        ],
      },
      {
        title: 'Commande annulée avant d’être payée',
        text: 'La vente et son avoir se soldent au compte du client : rien n’est signalé.',
        documents: [
          { sketch: `sale FR:69003; ${CANCELLED}`, changes: { wholeOrder: NEVER_PAID } },
          { sketch: `creditNote FR:69003; ${CANCELLED}`, changes: { wholeOrder: NEVER_PAID } },
        ],
      },
      {
        title: 'Échange',
        text: 'L’article rendu fait un avoir, le nouveau une vente, l’un et l’autre au compte du client pour le tout : la différence seule est payée (12,00 €), et le compte se solde.',
        documents: [
          { sketch: 'sale FR:69003; product 40.00 20% 8.00; paid card 48.00', changes: { wholeOrder: EXCHANGE } },
          { sketch: 'creditNote FR:69003; product 20.00 20% 4.00 pieces=1', changes: { wholeOrder: EXCHANGE } },
          {
            sketch: 'sale FR:69003; product 30.00 20% 6.00; paid card 12.00',
            date: '2026-10-20',
            changes: {
              key: 'sale/731/9',
              wholeOrder: EXCHANGE,
              invoice: { id: '732', number: 'FA000732', date: day('2026-10-20') },
            },
          },
        ],
      },
    ],
  },
];
