// A synchronous FIFO of eight words. Read and written at the same time it neither loses nor invents a word:
// a word that is watched from the moment it is written comes out at its turn, unchanged.
module fifo #(parameter WIDTH = 8) (
  input  wire             clk,
  input  wire             rst,
  input  wire             push,
  input  wire             pop,
  input  wire [WIDTH-1:0] in,
  output wire [WIDTH-1:0] out,
  output wire             empty,
  output wire             full
);
  reg [WIDTH-1:0] memory [0:7];
  reg [2:0] head = 0, tail = 0;
  reg [3:0] count = 0;

  wire write = push && !full;
  wire read  = pop && !empty;

  assign empty = count == 0;
  assign full  = count == 8;
  assign out   = memory[head];

  always @(posedge clk) begin
    if (rst) begin
      head  <= 0;
      tail  <= 0;
      count <= 0;
    end else begin
      if (write) tail <= tail + 1;
      if (read)  head <= head + 1;
      count <= count + write - read;
    end
    if (write) memory[tail] <= in;
  end

`ifdef FORMAL
  // Any slot, fixed for the whole run: what holds for it holds for all.
  (* anyconst *) wire [2:0] slot;
  reg [WIDTH-1:0] watched;
  reg             watching = 0;
  wire [2:0] distance = slot - head;

  always @(posedge clk) begin
    if (rst) watching <= 0;
    else if (write && tail == slot) begin
      watching <= 1;
      watched  <= in;
    end else if (read && head == slot) watching <= 0;
  end

  always @* begin
    never_overfull: assert (count <= 8);
    pointers_agree: assert (count[2:0] == tail - head);
    if (watching) inside: assert (distance < count);
    if (watching) unchanged: assert (memory[slot] == watched);
    if (watching && head == slot) in_order: assert (out == watched);
  end

  reg was_full = 0;
  always @(posedge clk) was_full <= !rst && (was_full || full);
  always @* begin
    filled: cover (full);
    drained: cover (was_full && empty);
  end
`endif
endmodule
