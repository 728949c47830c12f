"""Names that belong to nobody: children are called after plants, workers after rivers and stones.

They are meant to be seen at once as invented, so that no screen shot can be taken for a real child's record.
"""

from __future__ import annotations

from random import Random

CHILD_FORENAMES = (
    "Tansy Sorrel Bryony Clover Fern Linnet Wren Rush Teasel Yarrow Sedge Campion Betony Avens Bracken Burnet Cicely Lovage Medlar "
    "Quince Borage Celandine Comfrey Dittany Eyebright Figwort Gorse Harebell Speedwell Juniper Kingcup Lichen Mallow Myrtle Orache "
    "Pimpernel Primula Ramson Saffron Sanicle Tamarisk Tormentil Valerian Vetch Woodruff Zinnia Alkanet Bistort Catmint Heather"
).split()
CHILD_SURNAMES = (
    "Fennel Thistle Burdock Foxglove Larkspur Mugwort Nettlebed Oxlip Pennyroyal Ragwort Samphire Toadflax Brooklime Buckthorn "
    "Butterbur Chickweed Cowslip Cranesbill Crowfoot Dogrose Dropwort Feverfew Fleabane Goosegrass Hawkbit Hemlock Henbane Hornbeam "
    "Horsetail Knapweed Ladysmock Loosestrife Marjoram Meadowsweet Milkwort Moonwort Mullein Navelwort Nightshade Pignut Plantain "
    "Ragged-Robin Rockrose Saxifrage Selfheal Silverweed Snowdrop Sowthistle Spearwort Spindle Stitchwort Stonecrop Sundew Teaplant "
    "Tutsan Wallflower Whitlow Willowherb Woundwort Yellowrattle"
).split()
WORKER_FORENAMES = (
    "Windrush Cherwell Kennet Glyme Thame Loddon Evenlode Coln Leach Ock Churn Ray Swill Enborne Lambourn Pang Blackwater Wey Mole "
    "Hogsmill Wandle Ravensbourne Roding Ingrebourne Colne Chess Misbourne Wye Lugg Teme Severn Avon Alne Arrow Stour Leam Sowe Itchen "
    "Dene Swift"
).split()
WORKER_SURNAMES = (
    "Flint Basalt Slate Granite Marl Chalk Gabbro Schist Gneiss Quartz Feldspar Mica Obsidian Pumice Travertine Sandstone Limestone "
    "Ironstone Greensand Clunch Ragstone Cornbrash Dolerite Andesite Rhyolite Serpentine Soapstone Jasper-Rock Agate Onyx-Rock Beryl-Rock "
    "Malachite Haematite Galena Pyrite Gypsum Alabaster Shale Mudstone Oolite"
).split()
TREES = "Alder Birch Willow Rowan Hazel Maple Hawthorn Hornbeam Aspen Larch Juniper Spindle Elder Medlar Linden Sallow Whitebeam Cherry".split()
BIRDS = "Kestrel Heron Dipper Lapwing Plover Avocet Curlew Siskin Dunlin Goldcrest Wheatear Redstart Whimbrel Stonechat Pipit Fieldfare".split()
BEASTS = "Otter Swift Badger Hare Vole Marten Stoat Hedgehog Squirrel Dormouse Polecat Leveret Shrew Weasel Pine-Marten Roebuck".split()
REEDS = "Reed Rush-Bed Sedge-Bed Bulrush Flag-Iris Osier".split()

ETHNICITIES = (
    "WBRI",
    "WBRI",
    "WBRI",
    "WBRI",
    "WBRI",
    "WBRI",
    "WOTH",
    "WOTH",
    "MWBC",
    "MOTH",
    "BAFR",
    "BCRB",
    "APKN",
    "AIND",
    "AOTH",
    "OOTH",
    "NOBT",
)


class WorkerNames:
    """Hands out worker names, each once, until there are no more pairs; then the pairs come round again with a number."""

    def __init__(self, rng: Random) -> None:
        """Shuffle all pairs of a river and a stone."""
        self._pairs = [f"{river} {stone}" for river in WORKER_FORENAMES for stone in WORKER_SURNAMES]
        rng.shuffle(self._pairs)
        self._given = 0

    def next(self) -> str:
        """The next name."""
        turn, place = divmod(self._given, len(self._pairs))
        self._given += 1
        return self._pairs[place] + (f" {'I' * (turn + 1)}" if turn else "")
