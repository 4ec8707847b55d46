import type { Chapter } from './chapter.ts';
import { MARKET } from './profile.ts';

const SMITH = { id: '13', firstName: 'Paul', lastName: 'DUPONT', email: 'paul@exemple.test' };
const GUEST = { id: null, guest: true, firstName: 'Léa', lastName: 'BERNARD', email: 'lea@exemple.test' };

/** Customers, and what is done with entries: matching, grouping, periods, corrections. */
export const WORKING: readonly Chapter[] = [
  {
    title: 'Les clients',
    text: `Le compte et le tiers du client sont, au choix, les mêmes pour tous, selon la méthode de paiement, ou propres à chacun : le numéro est alors donné une fois pour toutes. Les noms des clients ne sont
pas dans les libellés par défaut : la comptabilité se garde dix ans.`,
    examples: [
      {
        title: 'Un compte par client',
        text: 'Préfixe et longueur : 411W et sept signes donnent 411W001, 411W002… Le même client garde le sien ; quand les numéros sont épuisés, ses documents attendent.',
        set: {
          'customers.account': { mode: 'onePerCustomer', prefix: '411W', length: 7 },
          'customers.thirdParty': { mode: 'same', code: null },
        },
        documents: [
          { sketch: 'sale FR:69003; product 10.00 20% 2.00; paid card 12.00', order: 731 },
          { sketch: 'sale FR:33000; product 20.00 20% 4.00; paid card 24.00', order: 732, customer: SMITH },
          { sketch: 'sale FR:69003; product 30.00 20% 6.00; paid card 36.00', order: 733 },
        ],
      },
      {
        title: 'Un compte selon la méthode de paiement',
        set: {
          'customers.account': { mode: 'byPayment', default: '411000', byMethod: { market: '411300' } },
          ...MARKET,
        },
        documents: [{ sketch: 'sale FR:75011; product 30.00 20% 6.00; paid market 36.00' }],
      },
      {
        title: 'Un client de passage (sans compte dans la boutique)',
        set: { 'reading.guestAccount': '411900', 'reading.guestThirdParty': 'PASSAGE' },
        documents: [{ sketch: 'sale FR:69003; product 10.00 20% 2.00; paid card 12.00', customer: GUEST }],
      },
    ],
  },
  {
    title: 'Le lettrage',
    text: `Un même code sur les lignes du client (ou d'acompte) qui se soldent *ensemble* au centime et sont écrites ensemble. Ce qui ne se solde pas n'en reçoit pas. Seuls les formats qui portent le lettrage en reçoivent.`,
    examples: [
      {
        title: 'Facture, règlement, puis une facture qui reste ouverte',
        set: { 'entries.matchingCodes': true },
        matching: true,
        documents: [
          { sketch: 'sale FR:69003; product 100.00 20% 20.00; paid card 120.00 on 2026-10-14', order: 731 },
          { sketch: 'sale FR:69003; product 50.00 20% 10.00; paid delivery 60.00', order: 732 },
        ],
      },
      {
        title: 'La facture d’abord, son règlement dans un import suivant',
        text: 'Au choix (`entries.matchingOpen`), ce qui reste ouvert a aussi son code ; ce qui le solde plus tard reçoit le même. À réserver aux logiciels qui acceptent un lettrage partiel.',
        set: { 'entries.matchingOpen': true },
        later: true,
        documents: [
          { sketch: 'sale FR:69003; product 100.00 20% 20.00' },
          { sketch: 'sale FR:69003; product 100.00 20% 20.00; paid cheque 120.00 on 2026-11-14' },
        ],
      },
    ],
  },
  {
    title: 'Le regroupement',
    text: `Le livre-journal se tient opération par opération et jour par jour (C. com., art. R123-174 ; PCG, art. 921-2). Une écriture récapitulative n'est donc admise que si le détail est conservé et peut être produit : Comptoir
garde les écritures de chaque document et les écrit dans une annexe, à côté du fichier. Les lignes de même compte, tiers, code et taux de TVA, section et sens sont additionnées ; tous les soldes restent les mêmes. Le regroupement par
mois existe, et il est signalé à chaque import.`,
    examples: [
      {
        title: 'Deux ventes du même jour, même pays, même méthode de paiement',
        set: { 'advanced.grouping': 'day' },
        grouping: 'day',
        documents: [
          { sketch: 'sale FR:69003; product 100.00 20% 20.00; paid card 120.00 fee=1.98', order: 731 },
          {
            sketch: 'sale FR:33000; product 40.00 5.5% 2.20; product 10.00 20% 2.00; paid card 54.20 fee=1.06',
            order: 732,
          },
        ],
      },
    ],
  },
  {
    title: 'Les périodes closes',
    text: 'Le profil dit jusqu’à quel jour les comptes sont clos (`advanced.closedTo`) et ce que devient un document daté d’avant (`advanced.lateDocuments`).',
    examples: [
      {
        title: 'Refusé (par défaut)',
        set: { 'advanced.closedTo': '2026-10-31' },
        documents: [{ sketch: 'sale FR:69003; product 10.00 20% 2.00; paid card 12.00' }],
      },
      {
        title: 'Daté du premier jour ouvert',
        text: 'La date de la pièce reste celle de la facture.',
        set: { 'advanced.closedTo': '2026-10-31', 'advanced.lateDocuments': 'nextOpenDay' },
        documents: [{ sketch: 'sale FR:69003; product 10.00 20% 2.00; paid card 12.00' }],
      },
      {
        title: 'Demandé, et répondu : garder la date',
        set: { 'advanced.closedTo': '2026-10-31', 'advanced.lateDocuments': 'ask' },
        late: 'keepDate',
        documents: [{ sketch: 'sale FR:69003; product 10.00 20% 2.00; paid card 12.00' }],
      },
    ],
  },
  {
    title: 'Les corrections après transfert',
    text: `Une écriture transférée n'est ni modifiée ni supprimée. Si la commande a changé depuis, Comptoir le signale et propose deux écritures : l'une annule exactement ce qui avait été écrit, ligne par ligne, l'autre écrit le document tel qu'il
est devenu. Elles ne sont écrites que si quelqu'un le demande (\`--correct\`).`,
    examples: [
      {
        title: 'Un article retiré de la commande après le transfert',
        text: 'D’abord ce qui avait été transféré, puis son annulation, puis la nouvelle écriture.',
        corrected: true,
        documents: [
          { sketch: 'sale FR:69003; product 40.00 20% 8.00; product 10.00 20% 2.00' },
          { sketch: 'sale FR:69003; product 40.00 20% 8.00' },
        ],
      },
    ],
  },
];
