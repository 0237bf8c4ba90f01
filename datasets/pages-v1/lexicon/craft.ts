import { topic } from "./topic.js";

/** Those who make or mend things, and the shops that sell them. */
export const CRAFT = [
  topic("ceramics studio", {
    is: "a ceramics studio; a pottery with open wheels; a studio for stoneware",
    say: "Mud, fire, breakfast; Bowls that outlive you; Get your hands dirty",
    do: "Book a wheel; Browse the shelf; Join a course",
    offers:
      "Tableware: ash bowl 28, speckled mug 22, serving plate 46, egg cup 9 / Courses: first throw 55, glaze lab 75, ten evenings 390",
    why: "Lead free=Every glaze is tested.; Seconds shelf=Crooked and half the price.; Shared kiln=Fire your own work.; Clay returns=Scraps are wedged again.",
    ask: "Is it dishwasher safe?=All but the gold.; How long until I get my bowl?=Three weeks.; Can I come alone?=Most people do.; Do you take commissions?=From spring on.",
    steps: "Wedge; Centre; Pull; Fire",
    who: "potter; kiln keeper; tutor",
    count: "wheels; firings a month; glazes",
    on: "Raku night; Kiln opening; Mug swap; Handle marathon",
  }),
  topic("bicycle workshop", {
    is: "a bicycle workshop; a repair shop for bikes; a cycle mechanic under the bridge",
    say: "Fixed while you wait; Chains, brakes, good advice; Ride it like you stole it, legally",
    do: "Book a repair; Check prices; Rent a stand",
    offers:
      "Repairs: puncture 12, brake service 35, gear tune 32, wheel true 24 / Service: small check 55, full overhaul 160 / Parts: chain 28, dynamo light 48",
    why: "Old parts back=You see what was worn.; Loan bikes=Ride ours meanwhile.; Teach me=Watch and learn for free.; Any brand=Cargo, folding, tandem.",
    ask: "How long does it take?=Most repairs one day.; Do you sell used bikes?=Ten at a time.; E-bikes, too?=Motors of three makes.; Can I use your tools?=On Thursdays.",
    steps: "Roll in; Look over; Repair; Test ride",
    who: "mechanic; wheel builder; shop hand",
    count: "bikes mended; spokes; loan bikes",
    on: "Night ride; Used bike market; Flat tyre class; Light check",
  }),
  topic("tailor", {
    is: "a tailor for repairs and suits; an alteration workshop; a tailor who mends everything",
    say: "Made to fit the person; Let out, taken in, saved; A stitch, on time",
    do: "Book a fitting; Bring a piece; See the cloth",
    offers:
      "Repairs: trouser hem 14, new zip 18, coat lining 75, elbow patch 16 / Made to measure: shirt 140, waistcoat 220, wool suit 980",
    why: "Visible mending=If you like it seen.; Natural thread=Silk, linen, cotton.; Lasting patterns=Kept for your next one.; While you shop=Hems in an hour.",
    ask: "Do you do wedding dresses?=Alterations only.; How many fittings?=Three for a suit.; Can you copy a shirt?=Exactly.; Leather, too?=Jackets, not shoes.",
    steps: "Measure; Pin; Sew; Press",
    who: "tailor; cutter; seamstress",
    count: "buttons; suits a year; bolts of cloth",
    on: "Darning circle; Fabric sale; Suit swap; Button day",
  }),
  topic("florist", {
    is: "a florist; a flower shop with its own field; a florist for slow flowers",
    say: "Stems with a season; Say it without a card; Cut at dawn",
    do: "Send flowers; See the season; Plan a wedding",
    offers:
      "Bouquets: meadow bunch 25, tulip armful 19, peony dome 48 / Plants: olive tree 60, fern in clay 22 / Occasions: table garland 85, funeral wreath 110, bridal bouquet 130",
    why: "No air freight=Grown within forty miles.; Seven days=They last, or we replace them.; Bring a vase=We arrange it right in.; Dried, too=For winter windows.",
    ask: "Do you deliver on Sunday?=Until one o'clock.; Can I choose the colours?=Please do.; Is there a subscription?=Weekly or monthly.; Are your flowers sprayed?=Never.",
    steps: "Choose; Tie; Wrap; Deliver",
    who: "florist; gardener; rider",
    count: "stems; weddings; growing beds",
    on: "Wreath making; Dahlia harvest; Bulb market; Valentine's night shift",
  }),
  topic("furniture maker", {
    is: "a furniture maker; a joinery for solid wood; a workshop for tables",
    say: "Trees, then tables; Built once; Grain you can read",
    do: "Plan a table; Visit the workshop; Order a sample",
    offers:
      "Tables: oak dining table 1450, walnut desk 1180, coffee table 420 / Seats: ash stool 160, bench 380, rocking chair 720 / Small: cutting board 45, coat rail 95",
    why: "One tree=You learn where it stood.; Joints, no screws=Dovetail, bridle and wedge.; Oil finish=Scratches can be rubbed out.; Repair for life=Bring it back.",
    ask: "How long do I wait?=Ten weeks.; Can I choose the tree?=At the sawmill, yes.; Do you deliver?=And carry upstairs.; Children's sizes?=On request.",
    steps: "Sketch; Choose wood; Build; Oil",
    who: "cabinetmaker; turner; finisher",
    count: "tables; kinds of wood; joints cut",
    on: "Spoon carving; Open workshop; Sawmill trip; Plane sharpening",
  }),
  topic("bookshop", {
    is: "a bookshop; a second-hand bookshop; a bookshop that reads to you",
    say: "Read before you buy; Shelves with opinions; A room full of other lives",
    do: "Browse new arrivals; Order a book; Reserve a seat",
    offers:
      "New: novel of the month 22, picture book 16, cookbook 34, pocket atlas 12 / Used: paperback 4, hardback 8, first edition 60 / Paper: notebook 9, letter set 14",
    why: "Notes inside=Staff write what they thought.; Found for you=We trace books out of print.; Trade-in=Bring five, take two.; Late Thursdays=Open until ten.",
    ask: "Can you get a book by tomorrow?=If you ask before five.; Do you buy libraries?=We come and look.; Gift wrapping?=Always free.; Do you host readings?=Twice a month.",
    steps: "Ask; Search; Order; Collect",
    who: "bookseller; buyer; binder",
    count: "titles; readings; armchairs",
    on: "Poetry open mic; Translator's evening; Blind date with a book; Crime night",
  }),
  topic("solar installer", {
    is: "a solar installer; electricians for solar roofs; a company for rooftop power",
    say: "Your roof has been waiting; Power from lunchtime; Bills that shrink",
    do: "Check my roof; Get an offer; Call an engineer",
    offers:
      "Panels: balcony kit 690, six panels 4200, full roof 11800 / Storage: five kilowatt battery 3900, ten kilowatt battery 6800 / Care: yearly check 140, cleaning 120",
    why: "Honest yield=We measure the shade first.; Own crews=No subcontractors on your tiles.; Paperwork done=Grid and grant forms included.; Watched daily=We call when output falls.",
    ask: "Will it work in winter?=At a quarter of summer.; How long does it take?=Two days on the roof.; What about hail?=Tested for large stones.; Can I add panels later?=Easily.",
    steps: "Measure; Design; Install; Switch on",
    who: "engineer; roofer; electrician; planner",
    count: "roofs; megawatt hours; crews",
    on: "Roof walk; Battery evening; Grant advice day; Heat pump talk",
  }),
  topic("plant nursery", {
    is: "a plant nursery; a nursery for native shrubs; a garden centre for balconies",
    say: "Roots first; Green that stays; Start with soil",
    do: "Find a plant; Plan a balcony; Visit the greenhouse",
    offers:
      "Shrubs: hazel 18, dog rose 14, elder 16 / Perennials: salvia 6, yarrow 5, hosta 8, geranium 4 / Soil: peat-free sack 9, worm compost 12",
    why: "No peat=Bogs stay where they are.; Hardened off=They have slept outdoors.; Advice by photo=Send a leaf, get an answer.; Pots returned=Bring them, we wash them.",
    ask: "What grows in shade?=More than you think.; When should I plant?=Autumn is best.; Do you plant for us?=In town, yes.; Are they good for bees?=The marked ones.",
    steps: "Look at the light; Choose; Plant; Water",
    who: "gardener; propagator; balcony planner",
    count: "species; greenhouses; seedlings",
    on: "Tomato day; Rose pruning; Bat walk; Apple variety show",
  }),
];
