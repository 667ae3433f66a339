// The queue as hardware: four words, pointers of one bit more than they need, so that full and empty differ.
// It does not guard itself: whoever pushes into a full queue or pops from an empty one has to be trusted.
module queue #(parameter WIDTH = 4) (
  input  wire             clk,
  input  wire             push,
  input  wire             pop,
  input  wire [WIDTH-1:0] in,
  output wire [WIDTH-1:0] out,
  output wire             empty,
  output wire             full
);
  reg [WIDTH-1:0] memory [0:3];
  reg [2:0] head = 0, tail = 0;

  assign empty = head == tail;
  assign full  = head[1:0] == tail[1:0] && head[2] != tail[2];
  assign out   = memory[head[1:0]];

  always @(posedge clk) begin
    if (push) begin
      memory[tail[1:0]] <= in;
      tail <= tail + 3'd1;
    end
    if (pop) head <= head + 3'd1;
  end

`ifdef FORMAL
  always @* begin
    push_with_room: assume (!(push && full));
    pop_with_words: assume (!(pop && empty));
  end

  wire [2:0] count = tail - head;
  // Any slot, fixed for the whole run: what holds for it holds for all.
  (* anyconst *) wire [1:0] slot;
  reg [WIDTH-1:0] watched;
  reg             watching = 0;

  always @(posedge clk) begin
    if (push && tail[1:0] == slot) begin
      watching <= 1;
      watched  <= in;
    end else if (pop && head[1:0] == slot) watching <= 0;
  end
  wire [1:0] distance = slot - head[1:0];

  always @* begin
    bounded: assert (count <= 4);
    if (watching) held: assert ({1'b0, distance} < count);
    if (watching && head[1:0] == slot) in_order: assert (out == watched);
    filled: cover (full);
  end
`endif
endmodule
