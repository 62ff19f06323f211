"""Sample rows of our layout: invented stones, one of each kind of goods."""

SAMPLES: tuple[dict[str, object], ...] = (
    {
        "stock_no": "A-1001", "lab": "GIA", "certificate_no": "9990000101", "growth_type": "Natural",
        "shape": "Round", "carat": 1.05, "color": "G", "clarity": "VS1", "cut_grade": "Excellent",
        "polish": "Excellent", "symmetry": "Very Good", "fluorescence_intensity": "None",
        "ask_cents": 714_000, "cash_ask_cents": 692_500, "availability": "Guaranteed available",
        "length_mm": 6.52, "width_mm": 6.55, "depth_mm": 4.03, "depth_pct": 61.7, "table_pct": 57.0,
        "girdle_min": "Thin", "girdle_max": "Medium", "culet_size": "None", "eye_clean": "Yes",
        "country": "Belgium", "city": "Antwerp",
    },
    {
        "stock_no": "00417", "lab": "IGI", "certificate_no": "LG999000417", "growth_type": "CVD",
        "shape": "Oval", "carat": 2.3, "color": "E", "clarity": "VVS2", "polish": "Excellent",
        "symmetry": "Excellent", "ask_cents": 118_450, "availability": "Subject to prior sale",
        "length_mm": 10.14, "width_mm": 7.31, "depth_mm": 4.55, "country": "India", "city": "Surat",
    },
    {
        "stock_no": "FY-7", "lab": "GIA", "certificate_no": "9990000102", "growth_type": "Natural",
        "shape": "Cushion", "carat": 3.01, "color": "Fancy", "fancy_color": "Yellow",
        "fancy_intensity": "Fancy Intense", "clarity": "VS2", "availability": "On memo",
        "member_comment": "Price on request",
    },
    {
        "stock_no": "P-12A", "growth_type": "Natural", "shape": "Pear", "carat": 0.71, "color": "F",
        "clarity": "SI1", "ask_cents": 210_000, "is_pair": "Yes", "pair_stock_no": "P-12B",
        "pair_separable": "No",
    },
    {
        "stock_no": "M-300", "growth_type": "Natural", "shape": "Round", "carat": 25.4, "color": ["G", "H"],
        "clarity": ["VS1", "SI1"], "ask_cents": 1_905_000, "parcel_stones": 310, "size_range": "1.2-1.6 mm",
    },
)  # fmt: skip
