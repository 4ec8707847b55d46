import type { Chapter } from './chapter.ts';

const TWO_PAYMENTS = 'paid card 5.00 on 2026-10-12; paid card 5.00 on 2026-10-13';

/** Cents, currencies, decimals, payments and deposits. */
export const MONEY: readonly Chapter[] = [
  {
    title: 'Les arrondis',
    text: `Le total de la facture fait foi. Quand les lignes de la boutique ne l'atteignent pas au centime, la différence est un **écart d'arrondi** s'il reste dans la tolérance
(0,01 € par ligne, au moins 0,05 €) ; au-delà, le document est retenu avec ses chiffres, et les autres passent. Trois règles au choix (\`reading.roundingDifference\`).`,
    examples: [
      {
        title: 'Écart à part (par défaut)',
        text: 'Au 658 quand la boutique demande moins que ses lignes, au 758 quand elle demande plus. Base et TVA restent celles de la boutique.',
        documents: [{ sketch: 'sale FR:69003; product 20.75 20% 4.15; total 24.91 20.75 4.15; paid card 24.91' }],
      },
      {
        title: 'Écart sur le premier produit',
        set: { 'reading.roundingDifference': 'firstProduct' },
        documents: [{ sketch: 'sale FR:69003; product 20.75 20% 4.15; total 24.91 20.75 4.15; paid card 24.91' }],
      },
      {
        title: 'Écart sur la première taxe',
        set: { 'reading.roundingDifference': 'firstTax' },
        documents: [{ sketch: 'sale FR:69003; product 20.75 20% 4.15; total 24.91 20.75 4.15; paid card 24.91' }],
      },
      {
        title: 'Au-delà de la tolérance : le document attend',
        documents: [{ sketch: 'sale FR:69003; product 20.75 20% 4.15; total 25.20 20.75 4.15; paid card 25.20' }],
      },
      {
        title: 'Trois décimales',
        text: 'Pour un logiciel qui garde trois décimales. La facture reste arrondie au centime : le reste de l’arrondi des lignes est un écart d’arrondi.',
        set: { 'reading.decimals': 3 },
        documents: [{ sketch: 'sale FR:69003; product 12.496 20% 2.499; total 15.00 12.496 2.499; paid card 15.00' }],
      },
      {
        title: 'Quatre décimales',
        set: { 'reading.decimals': 4 },
        documents: [
          { sketch: 'sale FR:69003; product 12.4958 20% 2.4992; total 15.00 12.4958 2.4992; paid card 15.00' },
        ],
      },
    ],
  },
  {
    title: 'Les devises',
    text: `La comptabilité est tenue en euros. Une facture en devise est convertie au **cours de la commande**, ligne par ligne ; le centime que la conversion laisse va aux comptes d'écart de la devise
(656 et 756, gains et pertes de change sur créances et dettes commerciales : règlement ANC 2015-05). Une devise sans cours connu retient le document.`,
    examples: [
      {
        title: 'Facture en dollars, avec un reste de conversion',
        documents: [{ sketch: 'sale US:10001 USD@1.0862; product 33.33; shipping 6.66; paid card 39.99' }],
      },
      {
        title: 'La même, écritures en devise',
        text: 'Chaque ligne porte aussi son montant en devise ; l’écriture est équilibrée dans les deux monnaies. Le reste de conversion n’existe qu’en euros.',
        set: { 'entries.inCurrency': true },
        documents: [{ sketch: 'sale US:10001 USD@1.0862; product 33.33; shipping 6.66; paid card 39.99' }],
      },
      {
        title: 'Deux règlements d’une facture en devise',
        text: 'Converti en deux fois, le paiement peut manquer le total d’un centime : le dernier règlement solde le client.',
        documents: [{ sketch: `sale US:10001 USD@1.1; product 10.00; ${TWO_PAYMENTS}` }],
      },
    ],
  },
  {
    title: 'Les règlements',
    text: `Une écriture par règlement dont la méthode est cochée *créer*, datée du règlement (\`entries.payments.date\`) : banque au débit, commission du prestataire au 627 quand la boutique la connaît, client au
crédit de ce qu'il a payé. La TVA se calcule sur la vente, jamais sur ce que la banque a reçu.`,
    examples: [
      {
        title: 'Règlement avec la commission du prestataire',
        documents: [{ sketch: 'sale FR:69003; product 100.00 20% 20.00; paid card 120.00 on 2026-10-14 fee=1.98' }],
      },
      {
        title: 'Plusieurs règlements',
        documents: [
          {
            sketch:
              'sale FR:69003; product 100.00 20% 20.00; paid card 70.00 on 2026-10-12; paid cheque 50.00 on 2026-10-20',
          },
        ],
      },
      {
        title: 'Écart de règlement dans la tolérance',
        text: 'Ce qui a été payé, comparé à ce qui était dû : jusqu’à 1,00 € (`advanced.tolerances.payment`), le reste est soldé par le dernier règlement. À ne pas confondre avec l’écart d’arrondi, qui est à l’intérieur de la facture.',
        documents: [{ sketch: 'sale FR:69003; product 100.00 20% 20.00; paid transfer 119.60' }],
      },
      {
        title: 'Trop-payé dans la tolérance',
        documents: [{ sketch: 'sale FR:69003; product 100.00 20% 20.00; paid transfer 120.40' }],
      },
      {
        title: 'Au-delà de la tolérance : le client reste ouvert',
        documents: [{ sketch: 'sale FR:69003; product 100.00 20% 20.00; paid transfer 110.00' }],
      },
      {
        title: 'Un règlement pour plusieurs commandes',
        text: 'Une commande que la boutique a partagée (par transporteur, par entrepôt) n’a qu’un règlement : chaque part, dans l’ordre, en prend ce qu’elle doit, la dernière le reste. La somme des écritures est le règlement entier ; la référence de la transaction est la même.',
        documents: [
          { sketch: 'sale FR:69003; product 100.00 20% 20.00; paid transfer 120.00', order: 731 },
          { sketch: 'sale FR:69003; product 50.00 20% 10.00; paid transfer 60.00', order: 732 },
        ],
      },
      {
        title: 'Acompte reçu avant la facture',
        text: 'Avec le réglage, un règlement antérieur à la facture est une avance (4191) ; la facture la reprend et ne débite le client que du reste. Ici la TVA est passée avec la facture.',
        set: { 'entries.deposits': true },
        documents: [
          {
            sketch:
              'sale FR:69003; product 100.00 20% 20.00; paid transfer 40.00 on 2026-09-25; paid transfer 80.00 on 2026-10-15',
          },
        ],
      },
      {
        title: 'Acompte reçu avant la facture, avec sa TVA',
        text: `Pour des biens précisément désignés, la TVA de l'acompte est exigible à son encaissement, à hauteur de la somme reçue, depuis le 1er janvier 2023 (CGI, art. 269, 2, a). Avec le second réglage, l'écriture du règlement
passe la TVA de l'acompte, par taux, en contrepartie d'un compte de régularisation (4458) ; la facture, qui porte toute sa TVA, la reprend : chacune tombe dans la déclaration de sa date. Si le compte de régularisation est le 4191 lui-même, l'acompte y figure hors taxe.`,
        set: { 'entries.deposits': true, 'entries.depositVat': true },
        documents: [
          {
            sketch:
              'sale FR:69003; product 100.00 20% 20.00; paid transfer 40.00 on 2026-09-25; paid transfer 80.00 on 2026-10-15',
          },
        ],
      },
    ],
  },
];
